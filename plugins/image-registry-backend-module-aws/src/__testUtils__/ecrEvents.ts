import {
  ImageEvent,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '@slipway/provider-tests';
import { ecrWebhook } from '../webhook';

export const digest = `sha256:${'c'.repeat(64)}`;
export const topicArn = 'arn:aws:sns:eu-west-1:123456789012:ecr-pushes';

const detail = {
  result: 'SUCCESS',
  'repository-name': 'shop/web',
  'image-digest': digest,
  'action-type': 'PUSH',
  'image-tag': 'v1.3.0',
};

/** An event of EventBridge, a push unless changed. */
export function event(
  changes: object = {},
  type = 'ECR Image Action',
  envelope: object = {},
) {
  return {
    version: '0',
    id: '13cde686-0000-4000-8000-000000000001',
    'detail-type': type,
    source: 'aws.ecr',
    account: '123456789012',
    time: '2026-11-20T10:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { ...detail, ...changes },
    ...envelope,
  };
}

/** What it is read as. */
export const pushed: ImageEvent = {
  kind: 'push',
  repository: 'shop/web',
  tag: 'v1.3.0',
  digest,
  occurredAt: '2026-11-20T10:00:00.000Z',
};

/** What is understood of a call. */
export function receive(body: unknown, rest: Partial<WebhookRequest> = {}) {
  return ecrWebhook.receive(webhookRequest(body, rest));
}

/** The events of a call that is no handshake. */
export function eventsOf(...call: Parameters<typeof receive>): ImageEvent[] {
  const receipt = receive(...call);
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}
