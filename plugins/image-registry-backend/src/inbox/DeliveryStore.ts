import {
  DeliveriesQuery,
  Delivery,
  DeliveryOutcome,
  ImageEventRecord,
  Page,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { BigIntColumn, jsonFromColumn, timeFromColumn } from '../database';
import { encodeCursor, noDelivery, queryTime, sequenceOfCursor } from '../http';
import { findFollowUp, FollowUp } from './FollowUps';

const DEFAULT_PAGE = 50;

/** What a delivery with several events came to: the first of these that any has. */
const outcomeOrder: readonly DeliveryOutcome[] = [
  'pending',
  'waiting',
  'failed',
  'deployed',
  'refused',
  'ignored',
  'unchanged',
];

/** A call in which no event was found. */
const OUTCOME_WITHOUT_EVENTS: DeliveryOutcome = 'ignored';

interface DeliveryRow {
  sequence: BigIntColumn;
  id: string;
  registry_id: string;
  endpoint_id: string | null;
  received_at: BigIntColumn;
  format: string | null;
  content_type: string | null;
  headers: string;
  body: string | null;
  bytes: number;
  replay_of: string | null;
}

/** Row of the table `image_events`. */
export interface EventRow {
  sequence: BigIntColumn;
  id: string;
  delivery_id: string;
  registry_id: string;
  kind: ImageEventRecord['kind'];
  repository: string | null;
  tag: string | null;
  digest: string | null;
  pushed_by: string | null;
  occurred_at: BigIntColumn | null;
  received_at: BigIntColumn;
  outcome: DeliveryOutcome;
  reason: string | null;
  attempts: number;
  next_attempt_at: BigIntColumn | null;
  lease_token: string | null;
  lease_until: BigIntColumn | null;
  forced: boolean | number;
}

/** A delivery with what is only shown when it is opened. */
export interface StoredDelivery extends Delivery {
  followUp?: FollowUp;
  headers: Record<string, string>;
  contentType: string;
  body?: string;
}

export function eventFromRow(row: EventRow): ImageEventRecord {
  return {
    id: row.id,
    deliveryId: row.delivery_id,
    registryId: row.registry_id,
    kind: row.kind,
    repository: row.repository ?? undefined,
    tag: row.tag ?? undefined,
    digest: row.digest ?? undefined,
    pushedBy: row.pushed_by ?? undefined,
    occurredAt: timeFromColumn(row.occurred_at),
    receivedAt: timeFromColumn(row.received_at)!,
    outcome: row.outcome,
    reason: jsonFromColumn<Reason>(row.reason),
    attempts: row.attempts,
    nextAttemptAt: timeFromColumn(row.next_attempt_at),
  };
}

/** Reads the webhook log. */
export class DeliveryStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): DeliveryStore {
    return new DeliveryStore(options.knex);
  }

  /**
   * Newest first.
   * @param registryIds - the registries whose log the caller may read
   */
  async list(
    query: DeliveriesQuery,
    registryIds: string[],
  ): Promise<Page<Delivery>> {
    const limit = query.limit ?? DEFAULT_PAGE;
    const after = sequenceOfCursor(query.cursor);
    const from = queryTime('from', query.from);
    const to = queryTime('to', query.to);
    const select = this.knex<DeliveryRow>('deliveries')
      .whereIn('registry_id', registryIds)
      .orderBy('sequence', 'desc')
      .limit(limit + 1);
    if (after !== undefined) {
      select.where('sequence', '<', after);
    }
    if (query.registryId) {
      select.where('registry_id', query.registryId);
    }
    if (from !== undefined) {
      select.where('received_at', '>=', from);
    }
    if (to !== undefined) {
      select.where('received_at', '<', to);
    }
    if (query.repository) {
      select.whereExists(this.#eventsOfDelivery(query));
    }
    if (query.outcome) {
      const { outcome } = query;
      const stronger = outcomeOrder.slice(0, outcomeOrder.indexOf(outcome));
      select
        .andWhere(any => {
          any.whereExists(this.#eventsOfDelivery({ outcome }));
          if (outcome === OUTCOME_WITHOUT_EVENTS) {
            any.orWhereNotExists(this.#eventsOfDelivery({}));
          }
        })
        .whereNotExists(
          this.#eventsOfDelivery({}).whereIn('outcome', [...stronger]),
        );
    }
    const rows = await select;
    const shown = rows.slice(0, limit);
    const events = await this.#events(shown.map(row => row.id));
    return {
      items: shown.map(row => toApi(deliveryFromRow(row, events))),
      nextCursor:
        rows.length > limit
          ? encodeCursor([Number(shown[shown.length - 1].sequence)])
          : undefined,
    };
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<StoredDelivery> {
    const row = await this.knex<DeliveryRow>('deliveries')
      .where({ id })
      .first();
    if (!row) {
      throw noDelivery(id);
    }
    const followUp = await findFollowUp(this.knex, id);
    return {
      ...deliveryFromRow(row, await this.#events([id])),
      ...(followUp && { followUp }),
    };
  }

  #eventsOfDelivery({
    outcome,
    repository,
  }: Pick<DeliveriesQuery, 'outcome' | 'repository'>): Knex.QueryBuilder {
    return this.knex('image_events')
      .select('image_events.id')
      .whereRaw('image_events.delivery_id = deliveries.id')
      .where({
        ...(outcome && { outcome }),
        ...(repository && { repository }),
      });
  }

  async #events(deliveryIds: string[]): Promise<ImageEventRecord[]> {
    const rows = await this.knex<EventRow>('image_events')
      .whereIn('delivery_id', deliveryIds)
      .orderBy('sequence');
    return rows.map(eventFromRow);
  }
}

function deliveryFromRow(
  row: DeliveryRow,
  events: ImageEventRecord[],
): StoredDelivery {
  const own = events.filter(event => event.deliveryId === row.id);
  const outcome =
    outcomeOrder.find(each => own.some(event => event.outcome === each)) ??
    OUTCOME_WITHOUT_EVENTS;
  return {
    id: row.id,
    registryId: row.registry_id,
    endpointId: row.endpoint_id ?? undefined,
    receivedAt: timeFromColumn(row.received_at)!,
    format: row.format ?? undefined,
    outcome,
    reason: own.find(event => event.outcome === outcome)?.reason,
    events: own,
    bytes: row.bytes,
    replayOf: row.replay_of ?? undefined,
    headers: JSON.parse(row.headers) as Record<string, string>,
    contentType: row.content_type ?? '',
    body: row.body ?? undefined,
  };
}

function toApi(delivery: StoredDelivery): Delivery {
  const {
    headers: _headers,
    body: _body,
    contentType: _type,
    ...shown
  } = delivery;
  return shown;
}
