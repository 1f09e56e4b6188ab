import { Reason } from '../../reason';
import { TagRule } from '../tagRule';

/** What somebody pasted, as a rule of ours. */
export interface RuleTranslation {
  /** Which of several: the name of the resource, the alias of the image. */
  subject?: string;
  /** The image that it speaks of, as it is written there. */
  image?: string;
  /** Absent when there is no such rule here; the notes say why. */
  rule?: TagRule;
  /** What differs, and what has to be set elsewhere. */
  notes: Reason[];
}

/** Text that cannot be translated at all, and where it goes wrong. */
export class UntranslatableError extends Error {
  constructor(
    readonly reason: Reason,
    /** Index in the pasted text, from 0. */
    readonly position?: number,
  ) {
    super(reason.message);
    this.name = 'UntranslatableError';
  }
}
