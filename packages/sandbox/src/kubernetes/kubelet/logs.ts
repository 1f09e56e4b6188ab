import { ContainerStatus, Pod } from '../objects';
import { behaviorOf } from './image-behavior';

export interface LogLine {
  /** RFC 3339 with nanoseconds, as the kubelet prints it. */
  time: string;
  text: string;
}

const MAX_REQUEST_LINES = 200;

/** What a container has written, made up from its state. */
export function logOf(
  pod: Pod,
  status: ContainerStatus,
  isPrevious: boolean,
): LogLine[] {
  const state = isPrevious ? status.lastState : status.state;
  const ended = state.terminated ?? status.lastState.terminated;
  const startedAt = state.running?.startedAt ?? ended?.startedAt;
  if (!startedAt) {
    return [];
  }
  const started = Date.parse(startedAt);
  if (behaviorOf(status.image) === 'crash') {
    return lines(started, ['starting', 'missing DATABASE_URL']);
  }
  const until = state.running ? Date.now() : Date.parse(ended!.finishedAt);
  const requests = Math.min(
    MAX_REQUEST_LINES,
    Math.max(0, Math.floor((until - started) / 10_000)),
  );
  return [
    ...lines(started, [
      `starting ${status.image}`,
      `pod ${pod.metadata.name} on ${pod.spec.nodeName}`,
      'listening on :8080',
    ]),
    ...Array.from({ length: requests }, (_, index) => ({
      time: nanoseconds(started + (index + 1) * 10_000),
      text: `GET /healthz 200 ${(index % 3) + 1}ms`,
    })),
  ];
}

function lines(started: number, texts: string[]): LogLine[] {
  return texts.map((text, index) => ({
    time: nanoseconds(started + index),
    text,
  }));
}

function nanoseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000000Z');
}
