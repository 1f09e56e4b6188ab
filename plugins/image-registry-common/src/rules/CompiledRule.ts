import { Reason } from '../reason';
import { TagRule } from './tagRule';
import { Version } from './version';

/** A tag as a registry or an event tells it. */
export interface TagCandidate {
  tag: string;
  digest?: string;
  /** When it was pushed to its registry, ISO 8601. */
  pushedAt?: string;
}

/** A candidate that a rule takes, read once for many comparisons. */
export interface OrderKey {
  readonly candidate: TagCandidate;
  /**
   * The greater, the newer; keys with the same number must be compared in
   * full. Absent when no number says it exactly.
   */
  readonly order?: number;
  readonly version?: Version;
}

/** Whether a rule takes a tag, and why. */
export interface TagTest {
  accepted: boolean;
  reason: Reason;
}

/** One rule, checked and ready to be asked about any number of tags. */
export interface CompiledRule {
  readonly rule: TagRule;
  /** False when tags have no order of their own: newer is what was pushed later. */
  readonly ordered: boolean;
  test(tag: string): TagTest;
  /**
   * A total order of the candidates that the rule takes. Positive: a is newer
   * than b. What the rule holds for equal is decided by the exact spelling,
   * then the push time, then the digest.
   */
  compare(a: TagCandidate, b: TagCandidate): number;
  /**
   * What `compareKeys` needs to know of a candidate.
   * @returns undefined when the rule does not take it
   */
  key(candidate: TagCandidate): OrderKey | undefined;
  /** The order of {@link CompiledRule.compare}, without reading the tags again. */
  compareKeys(a: OrderKey, b: OrderKey): number;
  /** A fragment of an English sentence: `the highest version in ^1.2`. */
  describe(): string;
}
