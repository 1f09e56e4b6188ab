import {
  ImageEvent,
  WebhookReceipt,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '@slipway/provider-tests';
import { artifactRegistryWebhook } from './webhook';

const digest = `sha256:${'c'.repeat(64)}`;
const host = 'europe-west1-docker.pkg.dev';
const image = `${host}/acme-prod/shop/web`;
const registry = { address: `https://${host}`, options: {} };

function receive(
  body: unknown,
  rest: Partial<WebhookRequest> = {},
): Extract<WebhookReceipt, { events: ImageEvent[] }> {
  const receipt = artifactRegistryWebhook.receive(
    webhookRequest(body, { registry, ...rest }),
  );
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt;
}

/** The envelope of a push subscription. */
function wrapped(data: unknown, message: object = {}) {
  return {
    message: {
      attributes: {},
      ...(data !== undefined && {
        data: Buffer.from(
          typeof data === 'string' ? data : JSON.stringify(data),
        ).toString('base64'),
      }),
      messageId: '2070443601311540',
      publishTime: '2026-11-20T10:00:00.123Z',
      ...message,
    },
    subscription: 'projects/acme-prod/subscriptions/backstage',
  };
}

const insert = {
  action: 'INSERT',
  digest: `${image}@${digest}`,
  tag: `${image}:v1.3.0`,
};

const pushed: ImageEvent = {
  kind: 'push',
  repository: 'acme-prod/shop/web',
  tag: 'v1.3.0',
  digest,
  occurredAt: '2026-11-20T10:00:00.123Z',
};

describe('webhooks of Artifact Registry', () => {
  it('reads a push in the envelope of Pub/Sub', () => {
    expect(receive(wrapped(insert))).toEqual({
      format: 'google-pubsub',
      events: [pushed],
    });
  });

  it('reads a push without the envelope', () => {
    const headers = {
      'x-goog-pubsub-message-id': '2070443601311540',
      'x-goog-pubsub-subscription-name':
        'projects/acme-prod/subscriptions/backstage',
      'x-goog-pubsub-publish-time': '2026-11-20T10:00:00.123Z',
    };
    expect(receive(insert, { headers })).toEqual({
      format: 'google-pubsub-unwrapped',
      events: [pushed],
    });
    const { occurredAt, ...undated } = pushed;
    expect(occurredAt).toBeDefined();
    expect(receive(insert).events).toEqual([undated]);
  });

  it.each(['hello', ' ', '[]'])(
    'takes %j without the envelope for a try, lest Pub/Sub repeat it for days',
    text => {
      const headers = { 'x-goog-pubsub-message-id': '2070443601311540' };
      expect(receive(text, { headers })).toEqual({
        format: 'google-pubsub-unwrapped',
        events: [{ kind: 'test' }],
      });
    },
  );

  it.each<[string, object, Partial<ImageEvent>]>([
    [
      'a push by digest',
      { action: 'INSERT', digest: insert.digest },
      { kind: 'push', repository: 'acme-prod/shop/web', digest },
    ],
    [
      'a tag that is deleted, with no digest',
      { action: 'DELETE', tag: insert.tag },
      { kind: 'delete', repository: 'acme-prod/shop/web', tag: 'v1.3.0' },
    ],
    [
      'a signature',
      { ...insert, tag: `${image}:sha256-${'d'.repeat(64)}.sig` },
      { kind: 'signature' },
    ],
    [
      'a nested image',
      { action: 'INSERT', tag: `${image}/tools/lint:v3` },
      { kind: 'push', repository: 'acme-prod/shop/web/tools/lint', tag: 'v3' },
    ],
    [
      'a project of a domain',
      { action: 'INSERT', tag: `${host}/example.com/acme/shop/web:v1` },
      { kind: 'push', repository: 'example.com/acme/shop/web' },
    ],
    [
      'a push in another location',
      { action: 'INSERT', tag: 'us-docker.pkg.dev/acme-prod/shop/web:v1' },
      { kind: 'other', repository: 'acme-prod/shop/web' },
    ],
    [
      'a push at another registry',
      { action: 'INSERT', tag: 'registry.example.com/shop/web:v1' },
      { kind: 'other' },
    ],
    [
      'an action that nobody knows yet',
      { ...insert, action: 'MOVE' },
      { kind: 'other' },
    ],
    ['other cases', { Action: 'insert', TAG: insert.tag }, { kind: 'push' }],
    ['unknown fields', { ...insert, extra: [1] }, { kind: 'push', digest }],
    [
      'fields of other types',
      { action: 7, tag: [], digest: {} },
      { kind: 'other' },
    ],
    ['nothing', {}, { kind: 'other' }],
  ])('takes %s for what it is', (_name, data, expected) => {
    expect(receive(wrapped(data)).events).toEqual([
      expect.objectContaining(expected),
    ]);
  });

  it('leaves out a digest that is none, or of another image', () => {
    const [short] = receive(
      wrapped({ ...insert, digest: `${image}@sha256:6ec128e26cd5...` }),
    ).events;
    expect(short).toMatchObject({ kind: 'push', tag: 'v1.3.0' });
    expect(short).not.toHaveProperty('digest');
    const [other] = receive(
      wrapped({ ...insert, digest: `${host}/acme-prod/shop/api@${digest}` }),
    ).events;
    expect(other).toMatchObject({ repository: 'acme-prod/shop/web' });
    expect(other).not.toHaveProperty('digest');
  });

  it.each([
    ['gcr.io/acme-prod/worker:v7'],
    ['us-docker.pkg.dev/acme-prod/gcr.io/worker:v7'],
  ])('knows %s for an image of gcr.io', tag => {
    const legacy = { address: 'https://gcr.io', options: {} };
    expect(
      receive(wrapped({ action: 'INSERT', tag }), { registry: legacy }).events,
    ).toMatchObject([
      { kind: 'push', repository: 'acme-prod/worker', tag: 'v7' },
    ]);
  });

  it('does not take another repository for gcr.io', () => {
    const legacy = { address: 'https://gcr.io', options: {} };
    expect(
      receive(
        wrapped({
          action: 'INSERT',
          tag: 'us-docker.pkg.dev/acme-prod/shop/web:v7',
        }),
        { registry: legacy },
      ).events[0].kind,
    ).toBe('other');
  });

  it.each([
    ['no data', undefined],
    ['a text', 'Hello Cloud Pub/Sub!'],
    ['what is no base64 of JSON', '\u0000\u0001'],
  ])('takes %s for somebody who tries the topic', (_name, data) => {
    expect(receive(wrapped(data)).events).toEqual([
      { kind: 'test', occurredAt: '2026-11-20T10:00:00.123Z' },
    ]);
  });

  it('reads a message that does not name its subscription', () => {
    const data = Buffer.from('{"action":"INSERT"}').toString('base64');
    expect(receive({ message: { data } })).toEqual({
      format: 'google-pubsub',
      events: [{ kind: 'other' }],
    });
  });

  it.each(['', '{}', '[]', '{"message":{}}', '{"event":"push"}'])(
    'refuses %s',
    body => {
      expect(() => receive(body)).toThrow(/^The body/);
    },
  );
});
