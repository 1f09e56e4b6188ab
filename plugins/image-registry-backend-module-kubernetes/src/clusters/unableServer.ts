import { DriverError } from '@slipway/backstage-plugin-image-registry-node';

/**
 * True when an admission webhook of the cluster does not say that it does
 * nothing but judge: the API server refuses to rehearse what it would be asked
 * about. The change itself may well be let in.
 * (kubernetes.io: Dynamic Admission Control, Side effects)
 */
export function cannotRehearse(error: unknown): error is DriverError {
  return refuses(error, /does not support dry run/);
}

/**
 * True when an object holds two items of one key, such as a variable that is
 * named twice: clusters before 1.29 then take no apply of that object at all.
 */
export function cannotMerge(error: unknown): error is DriverError {
  return refuses(error, /duplicate entries for key/);
}

function refuses(error: unknown, words: RegExp): error is DriverError {
  return (
    error instanceof DriverError &&
    error.code === 'invalid' &&
    words.test(error.message)
  );
}
