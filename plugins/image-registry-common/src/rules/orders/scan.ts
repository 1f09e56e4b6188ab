import type { TagCandidate } from '../CompiledRule';

/** In place of an order: only reading the tag by itself tells. */
export const ASK = -1;
/** In place of an order: the tag is not taken; why is asked when needed. */
export const REFUSED = -2;
/** The first of the orders that stand for a reason of refusal. */
const firstRefusal = -3;

/** What stands for a refusal by the reason with this index. */
export function refusal(index: number): number {
  return firstRefusal - index;
}

/** The index of a reason of refusal; negative for all other orders. */
export function refusalIndex(order: number): number {
  return firstRefusal - order;
}

/**
 * Reads many tags in one loop without an object for each. It must agree with
 * reading each by itself, or leave that to be asked.
 *
 * @param offer - is told each position with {@link ASK}, and each whose order
 *   is not below what offer answered last; 0 at first. Without `orders` none
 *   has to be told whose order is certain to be below.
 * @param orders - one for each candidate; receives its number in the order of
 *   the values, which is not negative, or what stands in place of one
 */
export type TagScan = (
  candidates: readonly TagCandidate[],
  offer: (position: number) => number,
  orders?: Float64Array,
) => void;
