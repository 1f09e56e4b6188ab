import {
  ForwardedError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';

/** A registry answered, but not in a way that serves the caller: 502. */
export class RegistryAnswerError extends ForwardedError {
  readonly statusCode = 502;
}

/** What happened and, after it, what to do about it. */
function sentences(error: RegistryError): string {
  return error.hint ? `${error.message}. ${error.hint}` : error.message;
}

/**
 * A registry's failure as the caller's answer. The registry's own status is
 * never passed on: its 401 would look as if the portal asked for a login.
 */
export function toRegistryHttpError(error: unknown): unknown {
  if (!(error instanceof RegistryError)) {
    return error;
  }
  const message = sentences(error);
  switch (error.code) {
    case 'forbidden-address':
      return new InputError(message);
    case 'not-found':
      return new NotFoundError(message);
    case 'name-not-found':
    case 'unreachable':
    case 'timeout':
    case 'rate-limited':
    case 'server-error':
      return new ServiceUnavailableError(message);
    default:
      return new RegistryAnswerError(message, {
        name: error.name,
        message: `code ${error.code}`,
      });
  }
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
