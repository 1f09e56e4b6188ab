import {
  ForwardedError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  RegistryError,
  RegistryErrorCode,
} from '@slipway/backstage-plugin-image-registry-node';

/** A registry answered, but not in a way that serves the caller: 502. */
export class RegistryAnswerError extends ForwardedError {
  readonly statusCode = 502;
}

/** What each failure comes to, before the words of the registry. */
const reasons: Record<RegistryErrorCode, (detail: string) => Reason> = {
  'name-not-found': detail =>
    because('registry-name-not-found', detail, { detail }),
  unreachable: detail =>
    because('registry-does-not-answer', detail, { detail }),
  timeout: detail => because('registry-timed-out', detail, { detail }),
  'untrusted-certificate': detail =>
    because('registry-certificate-untrusted', detail, { detail }),
  'protocol-mismatch': detail =>
    because('registry-protocol-mismatch', detail, { detail }),
  'forbidden-address': detail =>
    because('registry-address-forbidden', detail, { detail }),
  unauthenticated: detail =>
    because('registry-login-refused', detail, { detail }),
  forbidden: detail => because('registry-right-missing', detail, { detail }),
  'not-found': detail => because('registry-knows-no-such', detail, { detail }),
  'rate-limited': detail =>
    because('registry-limits-requests', detail, { detail }),
  unsupported: detail => because('registry-does-not-offer', detail, { detail }),
  'server-error': detail =>
    because('registry-fails-to-answer', detail, { detail }),
  'invalid-response': detail =>
    because('registry-answer-unreadable', detail, { detail }),
};

/** A registry's failure as pages tell it. */
export function registryFailure({ code, message }: RegistryError): Reason {
  return reasons[code](message);
}

/** The error of an answer; its message also says what to do. */
function errorOf({ code, hint, message, name }: RegistryError): Error {
  const sentences = hint ? `${message}. ${hint}` : message;
  switch (code) {
    case 'forbidden-address':
      return new InputError(sentences);
    case 'not-found':
      return new NotFoundError(sentences);
    case 'name-not-found':
    case 'unreachable':
    case 'timeout':
    case 'rate-limited':
    case 'server-error':
      return new ServiceUnavailableError(sentences);
    default:
      return new RegistryAnswerError(sentences, {
        name,
        message: `code ${code}`,
      });
  }
}

/**
 * A registry's failure as the caller's answer. The registry's own status is
 * never passed on: its 401 would look as if the portal asked for a login.
 */
export function toRegistryHttpError(error: unknown): unknown {
  if (!(error instanceof RegistryError)) {
    return error;
  }
  const { remedy } = error;
  return Object.assign(errorOf(error), {
    reason: registryFailure(error),
    ...(remedy && { remedy }),
  });
}

/** Runs a call to a registry; its failures become answers. */
export async function withRegistryErrors<T>(
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toRegistryHttpError(error);
  }
}
