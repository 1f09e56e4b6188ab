import { InputError } from '@backstage/errors';
import { Reason } from '../reason';

/** A text that is no image reference, and where it stops being one. */
export class InvalidReferenceError extends InputError {
  constructor(
    /** The text that was parsed. */
    readonly text: string,
    /** Index in the text, from 0, of the part that is wrong. */
    readonly position: number,
    readonly reason: Reason,
  ) {
    super(reason.message);
  }
}

/**
 * A text that is no registry address. The message never repeats the text,
 * which may hold a password.
 */
export class InvalidRegistryAddressError extends InputError {
  constructor(readonly reason: Reason) {
    super(reason.message);
  }
}
