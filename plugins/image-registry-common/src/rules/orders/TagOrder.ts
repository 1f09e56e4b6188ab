import { Reason } from '../../reason';
import { TagScan } from './scan';

/** How tags, or parts of them, are read and compared. */
export interface TagOrder<Value> {
  /** A fragment of an English sentence: `the highest version in ^1.2`. */
  readonly description: string;
  /** Why a text is taken. */
  readonly accepted: Reason;
  /**
   * What is compared of a text.
   * @returns undefined when the text is not taken
   */
  read(text: string): Value | undefined;
  /** Why {@link TagOrder.read} took nothing; for the explanation only. */
  whyNot(text: string): Reason;
  /**
   * What is compared of a text, also outside of a range.
   * @returns undefined when the measure does not fit it
   */
  measure(text: string): Value | undefined;
  /** Positive: a is newer than b; 0: the order holds them for equal. */
  compare(a: Value, b: Value): number;
  /** Of equal values, which spelling is preferred; default none. */
  prefer?(a: Value, b: Value): number;
  /**
   * A number in the order of the values.
   * @returns undefined when no number says it exactly
   */
  numberOf?(value: Value): number | undefined;
  /**
   * True when a text with this value can only be a tag of an image: most tags
   * then need no other look.
   */
  impliesImageTag?(value: Value, text: string): boolean;
  /** Reads many tags at once, where that can be done faster. */
  scan?: TagScan;
  /**
   * Which of two texts is preferred that a scan gave the same number, as
   * `compare` and `prefer` would tell of their values.
   */
  preferScanned?(a: string, b: string): number;
  /** The reasons that a scan refuses tags by, by their index. */
  refusals?: readonly Reason[];
}

/** The same order with the smallest value as the newest. */
export function descending<Value>(order: TagOrder<Value>): TagOrder<Value> {
  const { numberOf } = order;
  return {
    ...order,
    scan: undefined,
    preferScanned: undefined,
    refusals: undefined,
    compare: (a, b) => order.compare(b, a),
    ...(numberOf && {
      numberOf: value => {
        const number = numberOf(value);
        return number === undefined ? undefined : -number;
      },
    }),
  };
}
