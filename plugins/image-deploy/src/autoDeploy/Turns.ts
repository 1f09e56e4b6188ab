/**
 * How long a computation keeps the page from answering at a time, in ms: a
 * frame of the screen has room for it and for what else is to be drawn.
 */
const TURN = 8;

/** Lets a long computation give way to typing and drawing. */
export class Turns {
  private begin = performance.now();

  /** @param signal - ends the computation at its next pause */
  constructor(private readonly signal: AbortSignal) {}

  /**
   * Waits until the page had its turn, once this one was long enough.
   * @throws the signal's reason once it has aborted
   */
  readonly pause = async (): Promise<void> => {
    if (performance.now() - this.begin >= TURN) {
      await nextTask();
      this.begin = performance.now();
    }
    this.signal.throwIfAborted();
  };
}

/** A timer would wait four milliseconds, each time. */
function nextTask(): Promise<void> {
  if (typeof MessageChannel === 'undefined') {
    return new Promise(resolve => {
      setTimeout(resolve);
    });
  }
  const { port1, port2 } = new MessageChannel();
  return new Promise(resolve => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
