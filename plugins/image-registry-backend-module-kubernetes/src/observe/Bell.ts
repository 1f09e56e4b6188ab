/** Lets one waiter sleep until something happens or the time is over. */
export class Bell {
  private rung = false;
  private wake?: () => void;

  /** Remembered when nobody waits. */
  readonly ring = (): void => {
    this.rung = true;
    this.wake?.();
  };

  /**
   * Waits for the next ring.
   * @param ms - at most so many milliseconds; without end when absent
   */
  async wait(signal: AbortSignal, ms?: number): Promise<void> {
    if (!this.rung && !signal.aborted) {
      await new Promise<void>(resolve => {
        let timer: NodeJS.Timeout | undefined;
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          this.wake = undefined;
          resolve();
        };
        if (ms !== undefined) {
          timer = setTimeout(done, ms);
        }
        signal.addEventListener('abort', done);
        this.wake = done;
      });
    }
    this.rung = false;
  }
}
