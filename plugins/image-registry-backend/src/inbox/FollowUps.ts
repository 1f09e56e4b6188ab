import { LoggerService } from '@backstage/backend-plugin-api';
import {
  RegistryError,
  RegistryHttp,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { databaseNow } from '../database';

const TABLE = 'webhook_follow_ups';
const MAX_ATTEMPTS = 8;
/** Wait after the first failure, in ms; doubled by each further one. */
const FIRST_WAIT_MS = 5_000;
const BATCH = 20;

/** A request that a vendor's handshake asked for. */
export interface FollowUp {
  state: 'pending' | 'done' | 'failed';
  /** Why the last attempt failed. */
  message?: string;
}

interface FollowUpRow {
  delivery_id: string;
  url: string;
  state: FollowUp['state'];
  attempts: number;
  message: string | null;
}

/** Stores a follow-up in the transaction that stores its delivery. */
export async function insertFollowUps(
  trx: Knex.Transaction,
  followUps: Array<{ deliveryId: string; url: string }>,
): Promise<void> {
  if (followUps.length > 0) {
    await trx(TABLE).insert(
      followUps.map(({ deliveryId, url }) => ({
        delivery_id: deliveryId,
        url,
        state: 'pending',
        next_attempt_at: databaseNow(trx),
      })),
    );
  }
}

/** What came of a delivery's follow-up, if it has one. */
export async function findFollowUp(
  knex: Knex,
  deliveryId: string,
): Promise<FollowUp | undefined> {
  const row = await knex<FollowUpRow>(TABLE)
    .where({ delivery_id: deliveryId })
    .first();
  return (
    row && {
      state: row.state,
      ...(row.message !== null && { message: row.message }),
    }
  );
}

/**
 * Makes the requests by which a vendor's subscription is confirmed. They come
 * after the answer to the vendor, through the guard, and again after a
 * failure; what two replicas make twice is confirmed once.
 */
export class FollowUps {
  readonly #knex: Knex;
  readonly #http: RegistryHttp;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    http: RegistryHttp;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#http = options.http;
    this.#logger = options.logger;
  }

  /** Makes those that are due. */
  async run(signal?: AbortSignal): Promise<void> {
    const due = await this.#knex<FollowUpRow>(TABLE)
      .where({ state: 'pending' })
      .where('next_attempt_at', '<=', databaseNow(this.#knex))
      .orderBy('next_attempt_at')
      .limit(BATCH);
    for (const row of due) {
      if (signal?.aborted) {
        return;
      }
      await this.#make(row);
    }
  }

  /** After the answer: a failure is for the next round. */
  wake(): void {
    this.run().catch(error =>
      this.#logger.warn(`Could not follow a webhook's handshake up: ${error}`),
    );
  }

  async #make(row: FollowUpRow): Promise<void> {
    const { delivery_id, attempts } = row;
    const failure = await this.#failureOf(row.url);
    const ends = !failure || failure.final || attempts + 1 >= MAX_ATTEMPTS;
    // Whoever was first has settled it.
    await this.#knex(TABLE)
      .where({ delivery_id, attempts })
      .update({
        ...(ends
          ? // The address may hold a token, and is of no more use.
            { state: failure ? 'failed' : 'done', url: '' }
          : {
              next_attempt_at: databaseNow(
                this.#knex,
                FIRST_WAIT_MS * 2 ** attempts,
              ),
            }),
        attempts: attempts + 1,
        message: failure?.message ?? null,
      });
  }

  async #failureOf(
    url: string,
  ): Promise<{ message: string; final: boolean } | undefined> {
    if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
      return { message: 'Only https addresses are followed', final: true };
    }
    try {
      await this.#http.request({
        url,
        operation: 'confirm the subscription',
        priority: 'webhook',
        maxRedirects: 0,
      });
      return undefined;
    } catch (error) {
      return error instanceof RegistryError
        ? { message: error.message, final: !error.transient }
        : { message: 'The request itself failed', final: false };
    }
  }
}
