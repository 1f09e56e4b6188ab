import type { Platform } from '../api/images';
import { Reason } from '../reason';
import type { TagScan } from './orders/scan';
import { TagRule } from './tagRule';

/** A tag as a registry or an event tells it. */
export interface TagCandidate {
  tag: string;
  digest?: string;
  /** When it was pushed to its registry, ISO 8601. */
  pushedAt?: string;
  /** When the image was built, as its config says, ISO 8601. */
  createdAt?: string;
  /** What the image runs on; absent when nobody has told yet. */
  platforms?: readonly Platform[];
}

/** A candidate that a rule takes, read once for many comparisons. */
export interface OrderKey {
  readonly candidate: TagCandidate;
  /**
   * The greater, the newer; keys with the same number must be compared in
   * full. Absent when no number says it exactly.
   */
  readonly order?: number;
  /** What the rule compares; only the rule that made it knows its shape. */
  readonly value: unknown;
}

/** Whether a rule takes a tag, and why. */
export interface TagTest {
  accepted: boolean;
  reason: Reason;
}

/** What a rule without an order of its own compares. */
export type TimeOrder = 'pushed' | 'created';

/** One rule, checked and ready to be asked about any number of tags. */
export interface CompiledRule {
  readonly rule: TagRule;
  /** False when tags have no order of their own: newer is what is later. */
  readonly ordered: boolean;
  /** Which time tells what is newer, where tags have no order of their own. */
  readonly time: TimeOrder;
  /** What the name of a tag alone says; {@link CompiledRule.judge} says all. */
  test(tag: string): TagTest;
  /**
   * What everything that is known of a candidate says. Platforms that nobody
   * has told reject nothing: {@link CompiledRule.isOpen}.
   */
  judge(candidate: TagCandidate): TagTest;
  /** Whether the rule needs platforms that nobody has told of a candidate. */
  isOpen(candidate: TagCandidate): boolean;
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
  /** The rule's own order, without what decides between equals. */
  compareValues(a: OrderKey, b: OrderKey): number;
  /**
   * How two tags stand to each other by the rule's measure, also tags that
   * its filters or its range do not take: what runs may be one.
   * @returns undefined when the measure does not fit one of them, or when the
   *   rule orders by time
   */
  compareTags(a: string, b: string): number | undefined;
  /** A fragment of an English sentence: `the highest version in ^1.2`. */
  describe(): string;
  /** Reads many tags at once, where that can be done faster. */
  readonly scan?: TagScan;
  /**
   * The order of {@link CompiledRule.compareKeys} for two candidates that the
   * scan gave the same number, without reading them.
   */
  compareScanned?(a: TagCandidate, b: TagCandidate): number;
  /** The reasons that a scan refuses tags by, by their index. */
  readonly refusals?: readonly Reason[];
}
