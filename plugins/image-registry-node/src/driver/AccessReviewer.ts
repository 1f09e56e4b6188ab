import {
  AccessPurpose,
  AccessReview,
  WorkloadPlace,
} from '@slipway/backstage-plugin-image-registry-common';

/** Names the rights that the portal's credential lacks. */
export interface AccessReviewer {
  /**
   * Asks the cluster for each verb that the purposes need.
   * @param options - purposes: all when absent
   * @throws DriverError when the cluster does not answer
   */
  accessReview(
    place: WorkloadPlace,
    options?: { purposes?: readonly AccessPurpose[]; signal?: AbortSignal },
  ): Promise<AccessReview>;
}
