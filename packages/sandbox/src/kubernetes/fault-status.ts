import { FaultEffect } from './faults';
import { StatusError } from './status';

const FAULT_REASONS: Record<number, [reason: string, message: string]> = {
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden by a fault of the sandbox'],
  409: [
    'Conflict',
    'the object has been modified; please apply your changes to the latest version and try again',
  ],
  410: ['Expired', 'The resourceVersion for the provided list is too old.'],
  429: [
    'TooManyRequests',
    'The server has received too many requests and has asked us to try again later',
  ],
  500: ['InternalError', 'Internal error occurred: a fault of the sandbox'],
  503: [
    'ServiceUnavailable',
    'The server is currently unable to handle the request',
  ],
  504: [
    'Timeout',
    'Timeout: request did not complete within the allotted time',
  ],
};

/** The answer of a fault, in the words of the real one where there are any. */
export function faultStatus(
  effect: Extract<FaultEffect, { kind: 'status' }>,
): StatusError {
  const [reason, message] = FAULT_REASONS[effect.code] ?? [
    undefined,
    'a fault of the sandbox',
  ];
  const retryAfterSeconds =
    effect.retryAfterSeconds ?? (effect.code === 429 ? 1 : undefined);
  return new StatusError(
    effect.code,
    reason,
    effect.message ?? message,
    retryAfterSeconds === undefined ? undefined : { retryAfterSeconds },
  );
}
