import { InputError } from '@backstage/errors';
import {
  WebhookReceipt,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { classify } from './classify';
import { NewDelivery } from './DeliveryWriter';
import { Admitted } from './Doorkeeper';
import { orderedId } from './orderedId';

/** Events of one call beyond this are refused: no registry sends so many. */
const MAX_EVENTS = 1000;
/** Characters of a header that are kept. */
const MAX_HEADER = 1024;

/** Headers that are kept with a delivery; all others may hold secrets. */
const storedHeaders = [
  'content-type',
  'user-agent',
  'ce-id',
  'ce-type',
  'ce-source',
  'ce-subject',
  'x-github-event',
  'x-github-delivery',
  'x-request-id',
];

/**
 * What is stored of a call: without its secret, and with what can be said of
 * each event at once.
 *
 * @throws InputError when it holds too many events
 */
export function receivedDelivery(
  { endpoint, authenticated }: Admitted,
  { headers, body, contentType }: WebhookRequest,
  receipt: WebhookReceipt,
): NewDelivery {
  const events = 'events' in receipt ? receipt.events : [];
  if (events.length > MAX_EVENTS) {
    throw new InputError(
      `One call may hold at most ${MAX_EVENTS} events, not ${events.length}`,
    );
  }
  const { presented } = authenticated;
  const redact = (text: string) =>
    presented ? text.replaceAll(presented, '[redacted]') : text;
  const kept: Record<string, string> = {};
  for (const name of storedHeaders) {
    const value = headers[name];
    if (value !== undefined) {
      kept[name] = redact(value).slice(0, MAX_HEADER);
    }
  }
  return {
    id: orderedId(),
    registryId: endpoint.registryId,
    endpointId: endpoint.id,
    receivedAt: Date.now(),
    format: receipt.format,
    contentType,
    headers: kept,
    body: redact(body.toString('utf8')),
    bytes: body.length,
    ...('followUp' in receipt && { followUp: receipt.followUp }),
    events: events.map(event => classify(event, endpoint.repositories)),
  };
}
