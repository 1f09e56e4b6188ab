import { jsonToColumn, timeToColumn } from '../database';
import { NewDelivery } from './DeliveryWriter';

/** Characters of a name that the database keeps. */
const MAX_PUSHED_BY = 512;

/** Columns of a row; a boolean is 0 or 1 on SQLite. */
export type Row = Record<string, string | number | boolean | null>;

/** A delivery as the table of that name keeps it. */
export function deliveryRow(delivery: NewDelivery): Row {
  return {
    id: delivery.id,
    registry_id: delivery.registryId,
    endpoint_id: delivery.endpointId ?? null,
    received_at: delivery.receivedAt,
    format: delivery.format,
    content_type: delivery.contentType,
    headers: JSON.stringify(delivery.headers),
    body: storable(delivery.body),
    bytes: delivery.bytes,
    replay_of: delivery.replayOf ?? null,
  };
}

/** The events of a delivery, as rows of `image_events`. */
export function eventRows(delivery: NewDelivery): Row[] {
  return delivery.events.map(({ id, event, outcome, reason, forced }) => ({
    id,
    delivery_id: delivery.id,
    registry_id: delivery.registryId,
    kind: event.kind,
    repository: event.repository ?? null,
    tag: event.tag ?? null,
    digest: event.digest ?? null,
    pushed_by: storable(event.pushedBy?.slice(0, MAX_PUSHED_BY)),
    occurred_at: timeToColumn(event.occurredAt),
    received_at: delivery.receivedAt,
    outcome,
    reason: jsonToColumn(reason),
    forced: forced ?? false,
  }));
}

/** PostgreSQL text holds neither U+0000 nor half a pair of surrogates. */
function storable(text: string | undefined): string | null {
  return text?.replace(/\0|\p{Surrogate}/gu, '\ufffd') ?? null;
}
