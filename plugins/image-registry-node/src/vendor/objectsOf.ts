/** The objects of what should be a list of them; what is none is left out. */
export function objectsOf<T extends object>(value: unknown): T[] {
  return Array.isArray(value)
    ? value.filter(
        (entry): entry is T => typeof entry === 'object' && entry !== null,
      )
    : [];
}
