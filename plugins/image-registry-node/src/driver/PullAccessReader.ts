import {
  PullAccess,
  WorkloadPlace,
  WorkloadRef,
} from '@slipway/backstage-plugin-image-registry-common';

/** Whose pods are to pull from where. */
export interface PullAccessQuery {
  place: WorkloadPlace;
  /** Its pod template and service account count; else the service account. */
  workload?: WorkloadRef;
  /** `default` when neither it nor the workload is given. */
  serviceAccount?: string;
  /**
   * Host of the registry, best with the image's repository: a secret may be
   * for a part of a registry only.
   */
  host: string;
}

/** Tells whether pods have a login for a registry. */
export interface PullAccessReader {
  /**
   * The secrets that pods would use, and whether one of them fits the host as
   * the kubelet matches it. Secrets that may not be read are told as not known.
   * @throws DriverError when the cluster or the workload cannot be read
   */
  pullAccess(
    query: PullAccessQuery,
    options?: { signal?: AbortSignal },
  ): Promise<PullAccess>;
}
