import { WebhookRequest } from '@slipway/backstage-plugin-image-registry-node';

/** A webhook call with this body, for tests. */
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
