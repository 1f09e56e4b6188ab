import { WebhookRequest } from '@slipway/backstage-plugin-image-registry-node';

/** A webhook call with this body, as JSON unless it is a text. */
export function webhookRequest(
  body: unknown,
  rest: Partial<WebhookRequest> = {},
): WebhookRequest {
  return {
    headers: {},
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    ...rest,
  };
}
