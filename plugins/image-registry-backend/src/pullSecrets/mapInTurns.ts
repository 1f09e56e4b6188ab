/**
 * Maps values with at most so many calls at a time, in the order of the values.
 * The first failure is thrown, and no further call begins.
 */
export async function mapInTurns<T, R>(
  values: readonly T[],
  atOnce: number,
  call: (value: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(values.length);
  let next = 0;
  const work = async () => {
    while (next < values.length) {
      const index = next;
      next += 1;
      try {
        results[index] = await call(values[index]);
      } catch (error) {
        next = values.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
