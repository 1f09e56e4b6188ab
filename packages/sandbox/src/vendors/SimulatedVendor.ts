import { VendorAnswer } from './VendorAnswer';
import { VendorClock } from './VendorClock';
import { VendorRequest } from './VendorRequest';

/** A vendor's service as clients see it, under the vendor's own host names. */
export interface SimulatedVendor {
  /** Such as `quay`. */
  readonly id: string;
  /**
   * Names that lead here, as {@link HostPattern} reads them: `quay.io`,
   * `*.dkr.ecr.*.amazonaws.com`, `nexus.example.com:5000`,
   * `http://nexus.example.com:8081`. The first vendor that has a name gets it.
   */
  readonly hosts: readonly string[];
  /**
   * Answers one request. Throwing is answered with 500, and undefined with a
   * plain 404.
   */
  handle(
    request: VendorRequest,
  ): Promise<VendorAnswer | undefined> | VendorAnswer | undefined;
}

/** Of a vendor whose API verifies signatures, which hold the time. */
export interface SignedVendorOptions {
  clock?: VendorClock;
  /** False for empty registries; default true. */
  seed?: boolean;
  /** How far the API's clock is from the callers', in ms; default 0. */
  clockOffsetMs?: number;
}
