/** Asks at most once in so many ms. */
export function remembered<T>(
  holdsMs: number,
  ask: () => Promise<T>,
): () => Promise<T> {
  let known: { value: T; at: number } | undefined;
  return async () => {
    if (!known || Date.now() - known.at > holdsMs) {
      known = { value: await ask(), at: Date.now() };
    }
    return known.value;
  };
}
