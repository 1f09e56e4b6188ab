import {
  Cluster,
  FieldOwner,
  Health,
  Pod,
  Reason,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ContainerImage,
  FieldChange,
  FieldConflict,
  NamedFieldOwner,
  WorkloadManager,
} from './changePreview';
import { PlaceOperations } from './PlaceOperations';
import { RolloutEvidence } from './rolloutEvidence';
import { WorkloadOperations } from './WorkloadOperations';

/** What binds workloads to a component: its existing Kubernetes annotations. */
export interface WorkloadQuery {
  /** Value of the label `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
  /** Replaces the label when the entity has a label selector of its own. */
  labelSelector?: string;
  /** Only this Kubernetes namespace. */
  namespace?: string;
  /** Only this cluster. */
  cluster?: string;
  /** Only this workload matters; a driver may answer with more. */
  workload?: Pick<TargetRef, 'kind' | 'name'>;
}

/** One container of one workload as the cluster tells it. */
export interface WorkloadTarget {
  ref: TargetRef;
  /** True for an init container. */
  init?: boolean;
  /** Who keeps the workload as its own source says; see ManagementTool. */
  managedBy?: WorkloadManager;
  /** As the specification says it. */
  image: string;
  /** What runs: digest of the ready pods' image when they agree. */
  runningDigest?: string;
  /** All digests seen in the pods of this container. */
  runningDigests: string[];
  replicas: number;
  readyReplicas: number;
  updatedReplicas: number;
  health: Health;
  /** The reason of a state that isn't healthy, in words. */
  reason?: string;
  /** The same, for translation; absent where it is the cluster's own. */
  because?: Reason;
  /** Somebody told the cluster to follow no change of it for now. */
  paused?: boolean;
  owners: FieldOwner[];
  /** Labels of the workload itself; authority is decided by them. */
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  resourceVersion: string;
  uid: string;
  generation: number;
  /** Sequence of the rollout that was applied last, from our annotation. */
  rolloutSequence?: number;
  /** Names of the image pull secrets in its pod template. */
  imagePullSecrets: string[];
}

/** What was found, with each cluster's state: a cluster that is down is data. */
export interface WorkloadListing {
  targets: WorkloadTarget[];
  clusters: Cluster[];
}

/** A change of one container's image. */
export interface ImageChange {
  target: TargetRef;
  /** Full reference as it is written: `host/repository:tag@sha256:…`. */
  image: string;
  /** Sequence of the rollout; a workload with a higher one is not written. */
  sequence: number;
  /**
   * The highest sequence that there is. A workload with a higher one was written
   * by another portal, or before this one's database was replaced: that does not
   * count. To be read after the workload, whose `resourceVersion` has to be
   * given with it.
   */
  lastSequence?: number;
  /** Refused when the workload has changed since it was read. */
  resourceVersion?: string;
  /** The workload must still be this one. */
  uid?: string;
  /** Take the image field from whoever owns it. Needs stored consent. */
  force: boolean;
  /** Other containers of the same workload that change in the same write. */
  others?: ContainerImage[];
}

/** What a change would do, from a server-side dry run. */
export interface ImageChangeDiff {
  changes: FieldChange[];
  conflicts: FieldOwner[];
  /** The same owners in words, each with the field that it holds. */
  fieldConflicts?: FieldConflict[];
  managedBy?: WorkloadManager;
  /** What the cluster remarks about the change, in its own words. */
  warnings?: string[];
  resourceVersion: string;
  unchanged: boolean;
}

/** Where the workload stands after a change was applied. */
export interface AppliedChange {
  resourceVersion: string;
  uid: string;
  /** Generation that the controller must have observed. */
  generation: number;
  /** Image that the container had before, as written. */
  previousImage?: string;
  /** The same of the other containers of the change. */
  previousOthers?: ContainerImage[];
}

/**
 * Code of the reason of an observation: a pod of an earlier revision stands in
 * the way of the new one, which nothing is known of.
 *
 * @public
 */
export const OLD_POD_KEPT = 'old-pod-kept';

/** What one look at a rollout under way shows. */
export interface RolloutObservation {
  /**
   * `progressing` goes on; `complete` and `failed` are the end;
   * `stopped`: the workload has no pods to run (scaled to zero, suspended);
   * `replaced`: somebody else changed the image meanwhile; `gone`: deleted.
   */
  phase:
    | 'progressing'
    | 'complete'
    | 'failed'
    | 'stopped'
    | 'replaced'
    | 'gone';
  reason?: Reason;
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  /** Ready for as long as the workload asks for. */
  availableReplicas?: number;
  pods: Pod[];
  /** With `replaced`: who wrote the image again, as far as the cluster knows. */
  replacedBy?: NamedFieldOwner;
  /** With `failed`: what is left to look at. */
  evidence?: RolloutEvidence;
}

/** What is watched until its end. */
export interface RolloutWatch {
  target: TargetRef;
  /** The image that was applied. */
  image: string;
  /** Generation of the applied change; absent when it is not known any more. */
  generation?: number;
  uid?: string;
  /** The other containers of the change. */
  others?: ContainerImage[];
  /**
   * Goes on after `complete`, telling each change, until the signal aborts or
   * it ends in another way.
   */
  soak?: boolean;
  /**
   * Whoever watches has a deadline of its own: that the workload's is over is
   * told as progress.
   */
  ownDeadline?: boolean;
}

/** Codes of what can go wrong with a cluster. */
export type DriverErrorCode =
  /** The cluster does not answer; try again later. */
  | 'cluster-unreachable'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  /** Another manager owns the field: see `owners`. */
  | 'field-conflict'
  /** The workload changed since it was read: read again, try again. */
  | 'stale'
  /** A newer rollout of the portal was applied already. */
  | 'superseded'
  /** The API server refuses the change for good. */
  | 'invalid'
  | 'rate-limited'
  | 'server-error';

const transientCodes: readonly DriverErrorCode[] = [
  'cluster-unreachable',
  'unauthenticated',
  'stale',
  'rate-limited',
  'server-error',
];

/** With a server error or without an answer a change may have been made. */
const turnedAwayCodes: readonly DriverErrorCode[] = [
  'unauthenticated',
  'forbidden',
  'not-found',
  'field-conflict',
  'stale',
  'superseded',
  'invalid',
  'rate-limited',
];

/** One field that the API server refuses, in its words. */
export interface RefusedField {
  /** `spec.template.spec.containers[0].ports[0].containerPort` */
  field?: string;
  message: string;
}

/** A failed call to a cluster; the message is for the person who reads it. */
export class DriverError extends Error {
  readonly code: DriverErrorCode;
  readonly owners?: FieldOwner[];
  /** With `invalid`: which fields are refused, where the server tells. */
  readonly fields?: RefusedField[];
  /** The message, for translation; absent where it is the cluster's own. */
  readonly reason?: Reason;
  readonly retryAfterMs?: number;
  /** True when the call is known to have ended before a change was sent. */
  readonly unsent: boolean;

  constructor(
    code: DriverErrorCode,
    message: string,
    details: {
      owners?: FieldOwner[];
      fields?: RefusedField[];
      reason?: Reason;
      retryAfterMs?: number;
      unsent?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'DriverError';
    this.code = code;
    this.owners = details.owners;
    this.fields = details.fields;
    this.reason = details.reason;
    this.retryAfterMs = details.retryAfterMs;
    this.unsent = details.unsent ?? false;
  }

  /**
   * True when a change that met this error changed nothing: it was not sent, or
   * was turned away. Otherwise its answer may have been lost, and whoever sent
   * it has to look.
   */
  get unwritten(): boolean {
    return this.unsent || turnedAwayCodes.includes(this.code);
  }

  /** True when the same call may succeed later. */
  get transient(): boolean {
    return transientCodes.includes(this.code);
  }
}

/**
 * Runs images somewhere. The built-in one is Kubernetes. A driver may leave out
 * the operations; the portal does not offer them then.
 */
export interface DeployDriver
  extends Partial<WorkloadOperations>,
    Partial<PlaceOperations> {
  readonly id: string;
  /** The clusters it knows and whether they answer; quick, from a cache. */
  clusters(): Promise<Cluster[]>;
  /**
   * Workloads of a component in all clusters, in parallel, each with a deadline.
   * @param options - `live`: for a page that looks again and again; the answer
   * may come out of watches that all pages share, a moment behind the cluster
   */
  listTargets(
    query: WorkloadQuery,
    options?: { signal?: AbortSignal; live?: boolean },
  ): Promise<WorkloadListing>;
  /**
   * One target, read from the cluster now.
   * @throws DriverError with code `not-found`
   */
  getTarget(
    target: TargetRef,
    options?: { signal?: AbortSignal },
  ): Promise<WorkloadTarget>;
  diff(
    change: ImageChange,
    options?: { signal?: AbortSignal },
  ): Promise<ImageChangeDiff>;
  /** Writes the image. Safe to repeat: the same change again changes nothing. */
  apply(
    change: ImageChange,
    options?: { signal?: AbortSignal },
  ): Promise<AppliedChange>;
  /**
   * Follows a rollout until it ends; the last value is not `progressing`.
   * Reconnects by itself; throws a DriverError only when that is pointless.
   */
  observe(
    watch: RolloutWatch,
    signal: AbortSignal,
  ): AsyncIterable<RolloutObservation>;
  /**
   * What is left to look at of a rollout that the portal itself calls failed,
   * as observations with `failed` bring it along.
   * @param pods - as they were seen last
   */
  evidence?(
    watch: RolloutWatch,
    pods: readonly Pod[],
    options?: { signal?: AbortSignal },
  ): Promise<RolloutEvidence>;
  pods(target: TargetRef, options?: { signal?: AbortSignal }): Promise<Pod[]>;
  logs(
    target: TargetRef,
    pod: string,
    options?: { tailLines?: number; previous?: boolean; signal?: AbortSignal },
  ): Promise<string>;
}
