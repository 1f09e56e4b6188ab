/**
 * A map of a bounded size that forgets what was not used for longest. A value
 * weighs the characters of its JSON, which is near enough its bytes; one that
 * is larger than the whole map is not kept.
 */
export class BoundedMap<V> {
  readonly #entries = new Map<string, { value: V; weight: number }>();
  readonly #limit: number;
  #weight = 0;

  /** @param limit - most bytes of all entries together */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry) {
      // Re-inserting keeps the map in order of last use.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry?.value;
  }

  set(key: string, value: V): void {
    this.delete(key);
    const weight = key.length + JSON.stringify(value).length;
    if (weight > this.#limit) {
      return;
    }
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#limit) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#weight -= entry.weight;
      this.#entries.delete(key);
    }
  }
}
