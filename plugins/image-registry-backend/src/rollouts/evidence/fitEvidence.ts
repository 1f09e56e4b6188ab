import {
  EVIDENCE_LIMIT_BYTES,
  RolloutEvidence,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Keeps evidence within its limit although a driver did not: the oldest events
 * go first, then the logs of the last containers, then messages.
 */
export function fitEvidence(
  evidence: RolloutEvidence,
  limitBytes: number = EVIDENCE_LIMIT_BYTES,
): RolloutEvidence {
  let fitting = evidence;
  while (Buffer.byteLength(JSON.stringify(fitting)) > limitBytes) {
    const { events, logs, pullMessages } = fitting;
    if (events.length > 0) {
      fitting = { ...fitting, events: events.slice(0, -1) };
    } else if (logs.length > 0) {
      fitting = { ...fitting, logs: logs.slice(0, -1) };
    } else {
      fitting = { ...fitting, pullMessages: pullMessages.slice(0, -1) };
    }
    fitting = { ...fitting, truncated: true };
  }
  return fitting;
}
