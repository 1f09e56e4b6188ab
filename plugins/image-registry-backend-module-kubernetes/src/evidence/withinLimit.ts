import {
  EVIDENCE_LIMIT_BYTES,
  RolloutEvidence,
} from '@slipway/backstage-plugin-image-registry-node';

/** Events beside the logs; the newest tell the most. */
const MOST_EVENTS = 40;

/** Longest single text, in characters: a message may quote a whole manifest. */
const LONGEST_TEXT = 4_096;

/**
 * Makes evidence fit: first long texts are cut, then the beginnings of logs go,
 * as the end tells why something died.
 */
export function withinLimit(
  evidence: RolloutEvidence,
  limitBytes: number = EVIDENCE_LIMIT_BYTES,
): RolloutEvidence {
  const bounded: RolloutEvidence = {
    logs: evidence.logs,
    events: evidence.events
      .slice(0, MOST_EVENTS)
      .map(event => ({ ...event, message: cut(event.message) })),
    pullMessages: evidence.pullMessages.map(cut),
    truncated: evidence.events.length > MOST_EVENTS,
  };
  let fitting = bounded;
  while (sizeOf(fitting) > limitBytes) {
    const smaller = shrink(fitting);
    if (!smaller) {
      break;
    }
    fitting = { ...smaller, truncated: true };
  }
  return fitting;
}

/** Halves the longest log, else drops the oldest event, else a message. */
function shrink(evidence: RolloutEvidence): RolloutEvidence | undefined {
  const { logs, events, pullMessages } = evidence;
  const longest = [...logs].sort((a, b) => b.text.length - a.text.length)[0];
  if (longest) {
    const text = laterHalf(longest.text);
    return {
      ...evidence,
      logs: logs.flatMap(log => {
        if (log !== longest) {
          return [log];
        }
        return text === '' ? [] : [{ ...log, text }];
      }),
    };
  }
  if (events.length > 0) {
    return { ...evidence, events: events.slice(0, -1) };
  }
  return pullMessages.length > 0
    ? { ...evidence, pullMessages: pullMessages.slice(0, -1) }
    : undefined;
}

/** Whole lines where there are several. */
function laterHalf(text: string): string {
  const rest = text.slice(Math.ceil(text.length / 2));
  const line = rest.indexOf('\n');
  return line === -1 || line === rest.length - 1 ? rest : rest.slice(line + 1);
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function sizeOf(evidence: RolloutEvidence): number {
  return Buffer.byteLength(JSON.stringify(evidence));
}
