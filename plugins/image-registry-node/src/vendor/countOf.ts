/** A count that a vendor gave; undefined when it gave none. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}
