import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';

/**
 * A cluster's failure as the caller's answer: what may pass is 503, what is
 * gone 404, everything else that stands against the request 409. Without its
 * causes: the framework would answer them too, with their stacks.
 */
export function toHttpError(error: unknown): unknown {
  if (!(error instanceof DriverError)) {
    return error;
  }
  if (error.code === 'not-found') {
    return new NotFoundError(error.message);
  }
  return error.transient
    ? new ServiceUnavailableError(error.message)
    : new ConflictError(error.message);
}

/** Runs a call to a cluster; its failures become answers. */
export async function withDriverErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toHttpError(error);
  }
}
