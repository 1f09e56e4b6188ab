import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadEvent } from './rolloutEvidence';

/** What became of an operation on a workload. */
export interface OperatedWorkload {
  resourceVersion: string;
  generation: number;
  /** Replicas asked for afterwards; absent where a kind has none. */
  replicas?: number;
}

type CallOptions = { signal?: AbortSignal };

/** What people do to a workload beside changing its image. */
export interface WorkloadOperations {
  /** Events of the workload and of what belongs to it, newest first. */
  events(target: TargetRef, options?: CallOptions): Promise<WorkloadEvent[]>;
  /**
   * Replaces all pods by the kind's own rules; nothing else changes.
   * @throws DriverError `invalid` for a kind that cannot be restarted
   */
  restart(target: TargetRef, options?: CallOptions): Promise<OperatedWorkload>;
  /**
   * Asks for so many replicas. Takes the field from whoever owns it, as every
   * scaling does; an autoscaler writes it again.
   * @throws DriverError `invalid` for a kind without replicas
   */
  scale(
    target: TargetRef,
    replicas: number,
    options?: CallOptions,
  ): Promise<OperatedWorkload>;
  /**
   * No replicas, or suspended, remembering the count. Stopping what is stopped
   * changes nothing.
   * @throws DriverError `invalid` for a kind that cannot be stopped
   */
  stop(target: TargetRef, options?: CallOptions): Promise<OperatedWorkload>;
  /** Undoes `stop`: as many replicas as there were, one when nobody knows. */
  start(target: TargetRef, options?: CallOptions): Promise<OperatedWorkload>;
  /**
   * The workload as the cluster has it, in YAML: without its state, the
   * bookkeeping of the cluster, and the values of environment variables.
   */
  manifest(target: TargetRef, options?: CallOptions): Promise<string>;
}
