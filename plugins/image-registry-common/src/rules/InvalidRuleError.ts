import { InputError } from '@backstage/errors';
import { Reason } from '../reason';

/** A rule that cannot be read, and where it cannot. */
export class InvalidRuleError extends InputError {
  constructor(
    /** Field of the rule: `tag`, `pattern` or `range`. */
    readonly path: string,
    readonly reason: Reason,
    /** Index in the field's text, from 0, where reading stopped. */
    readonly position?: number,
  ) {
    super(
      position === undefined
        ? reason.message
        : `${reason.message} (at character ${position + 1})`,
    );
  }
}
