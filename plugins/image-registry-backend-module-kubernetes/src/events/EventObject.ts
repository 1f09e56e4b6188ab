import { WorkloadEvent } from '@slipway/backstage-plugin-image-registry-node';
import { KubernetesObject } from '../workloads/objects';

/** An event as the API sends it; two generations of writers fill it. */
export interface EventObject extends KubernetesObject {
  involvedObject?: { kind?: string; name?: string; uid?: string };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
}

/** RFC 3339, of the last time that it happened. */
export function lastTimeOf(event: EventObject): string | undefined {
  return (
    event.series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    event.metadata.creationTimestamp
  );
}

/** An event as the driver's contract has it. */
export function toWorkloadEvent(event: EventObject): WorkloadEvent {
  const { involvedObject, type, reason = '', message = '' } = event;
  return {
    kind: involvedObject?.kind ?? '',
    name: involvedObject?.name ?? '',
    type: type === 'Warning' ? 'Warning' : 'Normal',
    reason,
    message,
    at: lastTimeOf(event),
    count: event.series?.count ?? event.count ?? 1,
  };
}

/** The newest first. */
export function byNewest(left: WorkloadEvent, right: WorkloadEvent): number {
  return Date.parse(right.at ?? '') - Date.parse(left.at ?? '') || 0;
}
