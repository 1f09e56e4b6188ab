import { WebhookFormat } from '@slipway/backstage-plugin-image-registry-node';
import { distributionWebhook } from '../distribution';

/**
 * GitLab's registry sends the notifications of distribution, where an
 * administrator has set that up; a CI job can send a CloudEvent instead, with
 * the secret in a header or as the key of `X-Signature: sha256=<hex>`.
 */
export const gitlabWebhook: WebhookFormat = {
  ...distributionWebhook,
  authentication: [
    ...distributionWebhook.authentication,
    {
      type: 'hmac',
      header: 'x-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'sha256=',
    },
  ],
  receive(request) {
    const receipt = distributionWebhook.receive(request);
    return receipt.format === 'distribution'
      ? { ...receipt, format: 'gitlab' }
      : receipt;
  },
};
