import { ServiceUnavailableError } from '@backstage/errors';
import {
  DeliveryOutcome,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { isSqlite } from '../database';
import { InsertDeliveries, insertDeliveriesInto } from './insertDeliveries';

/** Most deliveries that share one transaction. */
const MAX_GROUP = 200;
/** Deliveries that go together although nothing else is left waiting. */
const SMALL_GROUP = 32;
/** Most deliveries that wait for the database. */
const MAX_WAITING = 10_000;
/** Bytes of all bodies that wait for the database. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** An event with what is known of its outcome before it is decided. */
export interface NewEvent {
  id: string;
  event: ImageEvent;
  outcome: DeliveryOutcome;
  reason?: Reason;
  /** Asks the policies again although the tag did not change. */
  forced?: boolean;
}

/** A delivery that is to be stored. */
export interface NewDelivery {
  id: string;
  registryId: string;
  endpointId?: string;
  /** Ms since 1970. */
  receivedAt: number;
  format: string;
  contentType: string;
  headers: Record<string, string>;
  body?: string;
  bytes: number;
  replayOf?: string;
  /** What the vendor's handshake asks to be called afterwards. */
  followUp?: { url: string };
  events: NewEvent[];
}

interface Waiting {
  delivery: NewDelivery;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * How many of those that wait go next. Where the database works beside this
 * thread, half of many stay for the next group: if all that are on their way
 * were in one, each side would wait while the other works.
 *
 * @param blocks - whether this thread does the database's work
 */
function sizeOfGroup(waiting: number, blocks: boolean): number {
  const wanted = blocks
    ? waiting
    : Math.max(SMALL_GROUP, Math.ceil(waiting / 2));
  return Math.min(wanted, MAX_GROUP);
}

/** A tick comes when no promise is left that could go on. */
function whatGoesOnNow(): Promise<void> {
  return new Promise(resolve => {
    process.nextTick(resolve);
  });
}

/** The database is slower than the calls that come in. */
export class InboxFullError extends ServiceUnavailableError {
  /** When the caller may try again. */
  readonly retryAfterSeconds = 10;

  constructor() {
    super('Too many deliveries wait to be stored; send this one again later');
    this.name = 'ServiceUnavailableError';
  }
}

/**
 * Stores deliveries. Those that arrive while a transaction is under way share
 * the next one, and each is answered after its own commit: durable, without
 * one disk flush per call.
 */
export class DeliveryWriter {
  #waiting: Waiting[] = [];
  #writing = false;
  #open = 0;
  #openBytes = 0;
  readonly #maxWaiting: number;
  readonly #maxBytes: number;

  readonly #insert: InsertDeliveries;
  readonly #blocks: boolean;

  /** @param limits - of what waits; default 10 000 and 64 MiB of bodies */
  constructor(
    knex: Knex,
    {
      insert = insertDeliveriesInto(knex),
      ...limits
    }: {
      maxWaiting?: number;
      maxBytes?: number;
      insert?: InsertDeliveries;
    } = {},
  ) {
    this.#insert = insert;
    this.#blocks = isSqlite(knex);
    this.#maxWaiting = limits.maxWaiting ?? MAX_WAITING;
    this.#maxBytes = limits.maxBytes ?? MAX_WAITING_BYTES;
  }

  /**
   * Resolves when the delivery is on disk.
   * @throws InboxFullError when too much waits already
   */
  async write(delivery: NewDelivery): Promise<void> {
    if (
      this.#open >= this.#maxWaiting ||
      this.#openBytes + delivery.bytes > this.#maxBytes
    ) {
      throw new InboxFullError();
    }
    this.#open += 1;
    this.#openBytes += delivery.bytes;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push({ delivery, resolve, reject });
        void this.#flush();
      });
    } finally {
      this.#open -= 1;
      this.#openBytes -= delivery.bytes;
    }
  }

  async #flush(): Promise<void> {
    if (this.#writing) {
      return;
    }
    this.#writing = true;
    while (this.#waiting.length > 0) {
      // SQLite answers without giving way to what goes on at the same time:
      // each call would be a group, and pay for a flush of the disk, alone.
      await whatGoesOnNow();
      const size = sizeOfGroup(this.#waiting.length, this.#blocks);
      await this.#writeTogether(this.#waiting.splice(0, size));
    }
    this.#writing = false;
  }

  /** A delivery that cannot be stored must not take its neighbours along. */
  async #writeTogether(group: Waiting[]): Promise<void> {
    try {
      await this.#insert(group.map(({ delivery }) => delivery));
    } catch (error) {
      if (group.length === 1) {
        group[0].reject(error);
        return;
      }
      const middle = Math.ceil(group.length / 2);
      await this.#writeTogether(group.slice(0, middle));
      await this.#writeTogether(group.slice(middle));
      return;
    }
    group.forEach(({ resolve }) => resolve());
  }
}
