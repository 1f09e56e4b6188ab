import {
  Reason,
  WorkloadKind,
} from '@slipway/backstage-plugin-image-registry-common';
import { PodObject, PodSpec, WorkloadObject } from './objects';

/** How many pods there should be and are; absent counts are 0. */
export interface WorkloadCounts {
  /** Asked for by the specification. */
  desired: number;
  /** Existing, of any revision. */
  current: number;
  /** Of the newest revision. */
  updated: number;
  ready: number;
  /** Ready for at least `minReadySeconds`. */
  available: number;
}

/** Where the kind's own controller says a workload stands. */
export interface Standing {
  phase: 'progressing' | 'complete' | 'failed' | 'stopped';
  reason?: Reason;
  /** With `failed`: only its deadline is over, its controller goes on. */
  overdue?: boolean;
}

/** What differs between the kinds of workloads. */
export interface WorkloadType {
  readonly kind: WorkloadKind;
  readonly apiVersion: string;
  /** Plural in lower case, as it stands in paths. */
  readonly resource: string;
  /** Keys from the object's root to its pod specification. */
  readonly podSpecPath: readonly string[];
  podSpec(workload: WorkloadObject): PodSpec | undefined;
  counts(workload: WorkloadObject): WorkloadCounts;
  /** True when its controller has seen the present specification. */
  observed(workload: WorkloadObject): boolean;
  /** Only to be asked when `observed`. */
  standing(workload: WorkloadObject): Standing;
  ownsPod(workload: WorkloadObject, pod: PodObject): boolean;
}

/** True when the controller has caught up with the specification. */
export function observedGenerationReached(workload: WorkloadObject): boolean {
  return (
    Number(workload.status?.observedGeneration ?? 0) >=
    (workload.metadata.generation ?? 0)
  );
}

/** True when a reference of the object names this owner by its uid. */
export function isOwnedBy(
  object: { metadata: PodObject['metadata'] },
  owner: WorkloadObject,
): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    reference => reference.uid === owner.metadata.uid,
  );
}
