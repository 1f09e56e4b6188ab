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

/** Readings that are still to be made, part by part. */
export interface CandidateReader extends CandidateReadings {
  /** Reads the candidates from one position up to another, each once. */
  read(from: number, to: number): void;
}

/** Reads every candidate once. */
export function readCandidates(
  rule: CompiledRule,
  given: Iterable<TagCandidate>,
): CandidateReadings {
  const reader = candidateReader(rule, given);
  reader.read(0, reader.candidates.length);
  return reader;
}

/** Has read nothing yet; all must be read before its readings are used. */
export function candidateReader(
  rule: CompiledRule,
  given: Iterable<TagCandidate>,
): CandidateReader {
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
  const read = (from: number, to: number) => {
    if (!rule.scan) {
      for (let position = from; position < to; position++) {
        ask(position);
      }
      return;
    }
    const whole = from === 0 && to === candidates.length;
    rule.scan(
      whole ? candidates : candidates.slice(from, to),
      place => {
        if (orders[from + place] === ASK) {
          ask(from + place);
        }
        return Infinity;
      },
      whole ? orders : orders.subarray(from, to),
    );
  };
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
  return { candidates, orders, keyAt, compareAt, read };
}

function placeOf({ order }: OrderKey): number {
  return order !== undefined && order >= 0 ? order : NaN;
}

/** Whether the rule takes the candidate with this order. */
export function isTaken(order: number): boolean {
  return !(order < 0);
}
