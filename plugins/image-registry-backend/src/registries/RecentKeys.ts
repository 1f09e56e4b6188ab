/** Keys that are remembered at most. */
const MOST = 1000;

/** Remembers keys for some time. */
export class RecentKeys {
  readonly #until = new Map<string, number>();

  /** @param lifeMs - milliseconds for which a key is remembered */
  constructor(private readonly lifeMs: number) {}

  has(key: string): boolean {
    return (this.#until.get(key) ?? 0) > Date.now();
  }

  add(key: string): void {
    if (this.#until.size >= MOST) {
      this.#until.clear();
    }
    this.#until.set(key, Date.now() + this.lifeMs);
  }
}
