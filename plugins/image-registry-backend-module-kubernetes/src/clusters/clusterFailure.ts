import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  DriverError,
} from '@slipway/backstage-plugin-image-registry-node';

/** A failed call as pages tell it: by its code, else in the cluster's words. */
export function clusterFailure(error: unknown): Reason {
  const detail = error instanceof Error ? error.message : String(error);
  return (
    (error instanceof DriverError && error.reason) ||
    because('cluster-says', detail, { detail })
  );
}
