import {
  TestPullStep,
  WorkloadPlace,
} from '@slipway/backstage-plugin-image-registry-common';

/** An image that a cluster is asked to pull. */
export interface TestPullRequest {
  place: WorkloadPlace;
  /** Full reference, best with its digest. */
  image: string;
  /** Beside those of the service account. */
  pullSecrets?: readonly string[];
  /** `default` when absent. */
  serviceAccount?: string;
  /** Nodes with this architecture only. */
  architecture?: string;
  /** Milliseconds until it is given up. */
  deadlineMs?: number;
}

/** Pulls an image by running a short pod. */
export interface ImageTester {
  /**
   * Runs one pod that need not start, and tells what the kubelet says until
   * the image is there, refused for good, or time is over. The pod is deleted
   * in every case, also when the caller stops iterating.
   * @throws DriverError when the pod cannot be made
   */
  testPull(
    request: TestPullRequest,
    signal: AbortSignal,
  ): AsyncIterable<TestPullStep>;
  /**
   * Deletes pods of test pulls that a crash left behind.
   * @returns how many
   */
  sweepTestPulls(options?: { signal?: AbortSignal }): Promise<number>;
}
