import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { EventObject, lastTimeOf } from '../events/EventObject';
import { missingConfiguration } from '../health';
import { PodObject, WorkloadObject } from '../workloads/objects';

/** Mounting takes a moment to fail; so does making a pod's network. */
const START_REASONS = new Set([
  'FailedMount',
  'FailedAttachVolume',
  'FailedCreatePodSandBox',
]);

/** Why the pods of a workload are not even made. */
export function refusalReason(
  workload: WorkloadObject,
  events: readonly EventObject[],
): Reason | undefined {
  const refused = newest(
    events.filter(
      ({ reason, involvedObject }) =>
        reason === 'FailedCreate' &&
        involvedObject?.uid === workload.metadata.uid,
    ),
  );
  const detail = refused?.message;
  return detail === undefined
    ? undefined
    : {
        code: 'pods-refused',
        message: `The cluster refuses to make pods: ${detail}`,
        params: { detail },
      };
}

/** Why a pod that has no trouble of its own is not ready. */
export function warningReason(
  pod: PodObject,
  events: readonly EventObject[],
): Reason | undefined {
  const { name, uid } = pod.metadata;
  const about = events.filter(
    ({ involvedObject }) => involvedObject?.uid === uid,
  );
  const event = newest(
    about.filter(
      ({ reason = '' }) => reason === 'Unhealthy' || START_REASONS.has(reason),
    ),
  );
  const detail = event?.message ?? '';
  if (event?.reason === 'Unhealthy') {
    const probe =
      /^(\w+) probe/i.exec(detail)?.[1].toLowerCase() ?? 'readiness';
    return {
      code: 'probe-failing',
      message: `Pod ${name}: ${detail}`,
      params: { pod: name, probe, detail },
    };
  }
  if (!event) {
    return undefined;
  }
  const missing = missingConfiguration(detail);
  return missing
    ? {
        code: 'configuration-missing',
        message: `Pod ${name}: ${detail}`,
        params: {
          pod: name,
          kind: missing.kind,
          name: missing.name,
          key: missing.key ?? '',
          detail,
        },
      }
    : {
        code: 'volume-not-ready',
        message: `Pod ${name}: ${event.reason}: ${detail}`,
        params: { pod: name, reason: event.reason ?? '', detail },
      };
}

/** A container that a probe kills crashes, and the probe says why. */
export function withProbe(
  reason: Reason,
  pod: PodObject,
  events: readonly EventObject[],
): Reason {
  const killed =
    reason.code === 'crash-looping' || reason.code === 'container-failed';
  const probe = killed ? warningReason(pod, events) : undefined;
  return probe?.code === 'probe-failing' && probe.params?.probe !== 'readiness'
    ? { ...probe, params: { ...reason.params, ...probe.params } }
    : reason;
}

function newest(events: readonly EventObject[]): EventObject | undefined {
  return events.reduce<EventObject | undefined>(
    (latest, event) =>
      latest === undefined ||
      Date.parse(lastTimeOf(event) ?? '') > Date.parse(lastTimeOf(latest) ?? '')
        ? event
        : latest,
    undefined,
  );
}
