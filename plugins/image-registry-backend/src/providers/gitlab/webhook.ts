import { WebhookFormat } from '@slipway/backstage-plugin-image-registry-node';
import { distributionWebhook } from '../distribution';

/**
 * GitLab's registry sends the notifications of distribution, where an
 * administrator has set that up; a CI job can send a CloudEvent instead.
 */
export const gitlabWebhook: WebhookFormat = {
  ...distributionWebhook,
  receive(request) {
    const receipt = distributionWebhook.receive(request);
    return receipt.format === 'distribution'
      ? { ...receipt, format: 'gitlab' }
      : receipt;
  },
};
