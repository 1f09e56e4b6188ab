import {
  NodePlatforms,
  WorkloadPlace,
  WorkloadRef,
} from '@slipway/backstage-plugin-image-registry-common';

/** Where pods would be scheduled. */
export interface SchedulingQuery {
  place: WorkloadPlace;
  /** Its node selector, required affinity and tolerations count. */
  workload?: WorkloadRef;
}

/** Tells which platforms an image must have to run somewhere. */
export interface NodePlatformReader {
  /**
   * Platforms of the nodes that pods of a workload may run on; without a
   * workload, of all nodes that take any pod. Nodes that may not be read are
   * told as not known, not thrown.
   * @throws DriverError when the cluster or the workload cannot be read
   */
  nodePlatforms(
    query: SchedulingQuery,
    options?: { signal?: AbortSignal },
  ): Promise<NodePlatforms>;
}
