import { isError } from '@backstage/errors';
import { ImageDetails } from '@slipway/backstage-plugin-image-registry-common';

/** Rest of the scroll before images in view are asked for, in ms. */
const REST = 250;
/** Images asked for at once. */
const PARALLEL = 3;
/** Images that are kept; a screen shows about ten. */
const MOST_KEPT = 1000;

/** What is known of one image. */
export type ReadImage =
  | { state: 'waiting' }
  | { state: 'failed'; error: Error }
  | { state: 'read'; image: ImageDetails };

/** Asks for one image; rejects when aborted. */
type Read = (reference: string, signal: AbortSignal) => Promise<ImageDetails>;

const waiting: ReadImage = { state: 'waiting' };

/**
 * Reads the images of one repository that are in view, a few at a time, and
 * keeps what it read. Images that leave the view are not waited for.
 */
export class ImageReader {
  readonly #read: Read;
  readonly #kept = new Map<string, ReadImage>();
  /** What was kept before a refresh, shown until it is read again. */
  #outdated: ReadonlyMap<string, ReadImage> = new Map();
  readonly #running = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  #inView: readonly string[] = [];
  #rest?: ReturnType<typeof setTimeout>;
  #version = 0;

  constructor(read: Read) {
    this.#read = read;
  }

  get(reference: string): ReadImage {
    return (
      this.#kept.get(reference) ?? this.#outdated.get(reference) ?? waiting
    );
  }

  /** Tells what the reader's user looks at now; nothing ends all reading. */
  show(references: readonly string[]): void {
    this.#inView = references;
    for (const [reference, controller] of this.#running) {
      if (!references.includes(reference)) {
        controller.abort();
        this.#running.delete(reference);
      }
    }
    clearTimeout(this.#rest);
    if (references.length > 0) {
      this.#rest = setTimeout(() => this.#readNext(), REST);
    }
  }

  /** Reads again; what was read before is shown meanwhile. */
  refresh(): void {
    const inView = this.#inView;
    this.show([]);
    if (this.#kept.size > 0) {
      this.#outdated = new Map(this.#kept);
      this.#kept.clear();
    }
    this.show(inView);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with every image that was read. */
  readonly version = (): number => this.#version;

  #readNext(): void {
    for (const reference of this.#inView) {
      if (this.#running.size >= PARALLEL) {
        return;
      }
      if (!this.#kept.has(reference) && !this.#running.has(reference)) {
        this.#start(reference);
      }
    }
  }

  async #start(reference: string): Promise<void> {
    const controller = new AbortController();
    this.#running.set(reference, controller);
    let outcome: ReadImage;
    try {
      const image = await this.#read(reference, controller.signal);
      outcome = { state: 'read', image };
    } catch (error) {
      outcome = {
        state: 'failed',
        error: isError(error) ? error : new Error(String(error)),
      };
    }
    if (controller.signal.aborted) {
      return;
    }
    this.#running.delete(reference);
    this.#keep(reference, outcome);
    this.#readNext();
  }

  #keep(reference: string, outcome: ReadImage): void {
    this.#kept.set(reference, outcome);
    if (this.#kept.size > MOST_KEPT) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    this.#version += 1;
    this.#listeners.forEach(listener => listener());
  }
}
