import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  DriverError,
  DriverErrorCode,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';

/** What each failure comes to, before the words of the cluster. */
const reasons: Record<DriverErrorCode, (detail: string) => Reason> = {
  'cluster-unreachable': detail =>
    because('cluster-does-not-answer', detail, { detail }),
  unauthenticated: detail =>
    because('cluster-login-refused', detail, { detail }),
  forbidden: detail => because('cluster-right-missing', detail, { detail }),
  'not-found': detail => because('cluster-knows-no-such', detail, { detail }),
  'field-conflict': detail =>
    because('cluster-field-owned', detail, { detail }),
  stale: detail => because('cluster-object-changed', detail, { detail }),
  superseded: detail => because('cluster-has-newer', detail, { detail }),
  invalid: detail => because('cluster-refuses-change', detail, { detail }),
  'rate-limited': detail =>
    because('cluster-limits-requests', detail, { detail }),
  'server-error': detail =>
    because('cluster-fails-to-answer', detail, { detail }),
};

/**
 * A cluster's failure as the caller's answer: what may pass is 503, what is
 * gone 404, everything else that stands against the request 409. Without its
 * causes: the framework would answer them too, with their stacks.
 */
export function toHttpError(error: unknown): unknown {
  if (!(error instanceof DriverError)) {
    return error;
  }
  const reason = error.reason ?? reasons[error.code](error.message);
  if (error.code === 'not-found') {
    return refusal(NotFoundError, reason);
  }
  return error.transient
    ? refusal(ServiceUnavailableError, reason)
    : refusal(ConflictError, reason);
}

/** Runs a call to a cluster; its failures become answers. */
export async function withDriverErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toHttpError(error);
  }
}
