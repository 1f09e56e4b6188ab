import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';
import { ASK, REFUSED } from './orders/scan';

/** What a rule read of many candidates; positions are theirs. */
export interface CandidateReadings {
  readonly candidates: readonly TagCandidate[];
  /**
   * Not negative: a number in the rule's order. NaN: taken, but no number says
   * its place. Else why it is not taken, see `scan.ts`.
   */
  readonly orders: Float64Array;
  /** Makes the key of a taken candidate, or finds the one it has. */
  keyAt(position: number): OrderKey;
  /** The rule's order of two taken candidates of the same order. */
  compareAt(a: number, b: number): number;
}

/** Reads every candidate once. */
export function readCandidates(
  rule: CompiledRule,
  given: Iterable<TagCandidate>,
): CandidateReadings {
  const candidates: readonly TagCandidate[] = Array.isArray(given)
    ? given
    : [...given];
  const orders = new Float64Array(candidates.length);
  const keys: OrderKey[] = [];
  const ask = (position: number) => {
    const key = rule.key(candidates[position]);
    if (key) {
      keys[position] = key;
    }
    orders[position] = key ? placeOf(key) : REFUSED;
  };
  if (rule.scan) {
    const askOnly = (position: number) => {
      if (orders[position] === ASK) {
        ask(position);
      }
      return Infinity;
    };
    rule.scan(candidates, askOnly, orders);
  } else {
    for (let position = 0; position < orders.length; position++) {
      ask(position);
    }
  }
  const keyAt = (position: number): OrderKey => {
    const key = keys[position] ?? rule.key(candidates[position]);
    if (!key) {
      throw new Error(`The rule does not take ${candidates[position].tag}`);
    }
    keys[position] = key;
    return key;
  };
  // What the scan left to be asked has a key.
  const compareAt = (a: number, b: number): number =>
    rule.compareScanned && !keys[a] && !keys[b]
      ? rule.compareScanned(candidates[a], candidates[b])
      : rule.compareKeys(keyAt(a), keyAt(b));
  return { candidates, orders, keyAt, compareAt };
}

function placeOf({ order }: OrderKey): number {
  return order !== undefined && order >= 0 ? order : NaN;
}

/** Whether the rule takes the candidate with this order. */
export function isTaken(order: number): boolean {
  return !(order < 0);
}
