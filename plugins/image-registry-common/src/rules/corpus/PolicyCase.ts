import { TagCandidate } from '../CompiledRule';
import { TagRule } from '../tagRule';

/** How it is known what a peer does. */
export type Evidence = 'run' | 'read' | 'reported';

/** What another updater does with the same tags. */
export interface PeerAnswer {
  peer: string;
  answer: string;
  /** The tag, where a test can ask the peer itself. */
  chooses?: string;
  /**
   * `run`: its own code was run; `read`: its source was read; `reported`: its
   * users say so.
   */
  evidence: Evidence;
  /** Where it is reported or written: `keel#97`. */
  source?: string;
}

/** What one rule should make of some tags. */
export interface PolicyCase {
  name: string;
  rule: TagRule;
  /** What the registry lists; with `pushes` what it lists in the end. */
  tags: TagCandidate[];
  /** Absent: the listing is whole. */
  listing?: { complete: boolean; countBefore?: number };
  /** The tag that is right; absent where nothing may be chosen. */
  right?: string;
  /** The code of the reason why nothing is chosen. */
  blocked?: string;
  /** Tags that must be rejected, and the code of the reason. */
  rejected?: Record<string, string>;
  /**
   * Events in the order of their arrival; the head must be `right` then, too.
   * Each by its position in `tags`.
   */
  pushes?: number[];
  why: string;
  peers: PeerAnswer[];
}
