import { InputError } from '@backstage/errors';
import { Reason } from '../reason';

/** Where in a text something is wrong, in characters from 0. */
export interface TextSpan {
  position: number;
  /** Absent when it is not known where the wrong part ends. */
  length?: number;
}

/** A rule that cannot be read, and where it cannot. */
export class InvalidRuleError extends InputError {
  /** Index in the field's text, from 0, where reading stopped. */
  readonly position: number | undefined;
  /** Characters that are wrong from there; absent when that is not known. */
  readonly length: number | undefined;

  constructor(
    /** Field of the rule: `tag`, `pattern`, `range`, `exclude.0.pattern`. */
    readonly path: string,
    readonly reason: Reason,
    span?: TextSpan | number,
  ) {
    const place = typeof span === 'number' ? { position: span } : span;
    super(
      place === undefined
        ? reason.message
        : `${reason.message} (at character ${place.position + 1})`,
    );
    this.position = place?.position;
    this.length = place?.length;
  }
}
