import { WebhookRequest } from '@slipway/backstage-plugin-image-registry-node';

/** A webhook call with this body, for tests. */
export function webhookRequest(
  body: unknown,
  contentType = 'application/json',
): WebhookRequest {
  return {
    headers: { 'content-type': contentType },
    contentType,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}
