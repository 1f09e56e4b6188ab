/**
 * The time that vendors live in, so that a test can let a token expire. It
 * goes on from where it was set.
 */
export class VendorClock {
  private offset = 0;

  /** Milliseconds since the epoch. */
  readonly now = (): number => Date.now() + this.offset;

  /** Lets so many milliseconds pass at once. */
  advance(milliseconds: number): void {
    this.offset += milliseconds;
  }
}
