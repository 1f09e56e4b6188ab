import { googleServiceAccountKey } from '@slipway/sandbox';
import { VendorPayloads } from './VendorPayloads';

const digest = `sha256:${'07'.repeat(32)}`;
const host = 'europe-west1-docker.pkg.dev';
const image = `${host}/acme-prod/shop/web`;
const repository = 'acme-prod/shop/web';
const signatureTag = `sha256-${'07'.repeat(32)}.sig`;

/** The envelope of a push subscription. */
const wrapped = (text: string, attributes: object = {}) => ({
  message: {
    attributes,
    data: Buffer.from(text).toString('base64'),
    messageId: '4071443601311540',
    message_id: '4071443601311540',
    publishTime: '2026-11-17T10:00:00.749Z',
    publish_time: '2026-11-17T10:00:00.749Z',
  },
  subscription: 'projects/acme-prod/subscriptions/backstage',
});
const inserted = {
  action: 'INSERT',
  digest: `${image}@${digest}`,
  tag: `${image}:v1.3.0`,
};
const push = { kind: 'push', repository, tag: 'v1.3.0', digest } as const;

/**
 * https://docs.cloud.google.com/artifact-registry/docs/configure-notifications
 * https://docs.cloud.google.com/pubsub/docs/push
 */
export const googleArtifactRegistry: VendorPayloads = {
  registry: {
    provider: 'google-artifact-registry',
    address: `https://${host}`,
    options: { signIn: 'key' },
    credentials: { serviceAccountKey: googleServiceAccountKey('portal') },
  },
  proof: { in: 'url' },
  payloads: {
    'gar-push-tag': { body: inserted, events: [push] },
    'gar-delete-tag': {
      body: { action: 'DELETE', tag: `${image}:v1.3.0` },
      events: [{ kind: 'delete', repository, tag: 'v1.3.0' }],
    },
    // Its digest is of another image than its tag, and not believed.
    'gar-push-cosign-sig': {
      body: {
        action: 'INSERT',
        digest: `europe-west4-docker.pkg.dev/acme-test/other/web@${digest}`,
        tag: `${image}:${signatureTag}`,
      },
      events: [{ kind: 'signature', repository, tag: signatureTag }],
    },
    'gar-pubsub-push-envelope': {
      body: wrapped('Somebody tries the topic.', { name: 'value' }),
      events: [{ kind: 'test' }],
    },
    'gar-pubsub-push-tag-composed': {
      body: wrapped(JSON.stringify(inserted)),
      events: [push],
    },
  },
};
