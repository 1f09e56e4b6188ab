/**
 * Holds, for each container that the portal has written, the sequence of the
 * last rollout: `web=12,migrate=9`. Targets are containers, and those of one
 * workload have rollouts of their own.
 */
export const ROLLOUT_SEQUENCE_ANNOTATION =
  'image-registry.backstage.io/rollout-sequence';

/** The annotations of a workload. */
export type Annotations = Readonly<Record<string, string>> | undefined;

/** Sequence of the rollout that wrote this container last. */
export function rolloutSequence(
  annotations: Annotations,
  container: string,
): number | undefined {
  return parse(annotations).get(container);
}

/** The annotation's value after this container was written. */
export function withRolloutSequence(
  annotations: Annotations,
  container: string,
  sequence: number,
): string {
  return [...parse(annotations).set(container, sequence)]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(',');
}

function parse(annotations: Annotations): Map<string, number> {
  const text = annotations?.[ROLLOUT_SEQUENCE_ANNOTATION] ?? '';
  const pairs = text.matchAll(/([a-z0-9-]+)=(\d+)/g);
  return new Map([...pairs].map(([, name, value]) => [name, Number(value)]));
}
