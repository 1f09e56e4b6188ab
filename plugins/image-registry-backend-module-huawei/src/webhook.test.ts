import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { huaweiWebhook } from './webhook';

function receive(sent: unknown): ImageEvent[] {
  const receipt = huaweiWebhook.receive({
    headers: {},
    contentType: 'application/json',
    body: Buffer.from(typeof sent === 'string' ? sent : JSON.stringify(sent)),
  });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}

const hex = 'c3'.repeat(32);
const digest = `sha256:${hex}`;
const resource = { digest, tag: 'v1.3.0', resource_url: 'h/shop/web:v1.3.0' };
const repository = {
  name: 'web',
  namespace: 'shop',
  repo_full_name: 'shop/web',
  repo_type: 'private',
};

function body(type: string, resources: unknown = [resource]) {
  return {
    type,
    occur_at: 1731749400,
    operator: 'portal',
    event_data: { resources, repository },
  };
}

const pushed = {
  kind: 'push',
  repository: 'shop/web',
  tag: 'v1.3.0',
  digest,
  pushedBy: 'portal',
  occurredAt: '2024-11-16T09:30:00.000Z',
};

/** The vendor publishes no body: these are of the form that is expected. */
describe('webhooks of Huawei Cloud, as far as they are those of Harbor', () => {
  it('reads a push with several resources', () => {
    expect(
      receive(
        body('PUSH_ARTIFACT', [resource, { ...resource, tag: 'latest' }]),
      ),
    ).toEqual([pushed, { ...pushed, tag: 'latest' }]);
  });

  it('reads a push in CloudEvents', () => {
    expect(
      receive({
        specversion: '1.0',
        type: 'harbor.artifact.pushed',
        time: '2024-11-16T09:30:00Z',
        operator: 'portal',
        data: { resources: [resource], repository },
      }),
    ).toEqual([pushed]);
  });

  it.each([
    ['push_artifact', 'push'],
    ['PULL_ARTIFACT', 'pull'],
    ['DELETE_ARTIFACT', 'delete'],
    ['SCANNING_COMPLETED', 'scan'],
    ['SOMETHING_NEW', 'other'],
  ])('takes %s for %s', (type, kind) => {
    expect(receive(body(type))[0].kind).toBe(kind);
  });

  it.each([
    [
      'a digest as tag',
      { tag: digest, digest: undefined },
      { tag: undefined, digest },
    ],
    ['a signature', { tag: `sha256-${hex}.sig` }, { kind: 'signature' }],
    ['no tag', { tag: undefined }, { kind: 'push', tag: undefined }],
    ['a digest that is none', { digest: 7 }, { digest: undefined }],
  ])('bears %s', (_, changes, expected) => {
    const [event] = receive(
      body('PUSH_ARTIFACT', [{ ...resource, ...changes }]),
    );
    for (const [name, value] of Object.entries(expected)) {
      expect(event[name as keyof ImageEvent]).toBe(value);
    }
  });

  it.each([[[]], ['x'], [null]])(
    'takes a push of %j for no push',
    resources => {
      expect(receive(body('PUSH_ARTIFACT', resources))[0].kind).toBe('other');
    },
  );

  it.each([
    '{}',
    '[]',
    '{"type":"PUSH_ARTIFACT"}',
    '{"type":"constructor"}',
    '{"event_data":{}}',
    '{"event_data":{"resources":[{"tag":"v1"}]}}',
    '{"message":"something else"}',
  ])('keeps %s, of which it understands nothing', text => {
    expect(receive(text).map(({ kind }) => kind)).toEqual(['other']);
  });

  it('reads a list of events', () => {
    expect(receive([body('PUSH_ARTIFACT'), { message: 'else' }])).toEqual([
      pushed,
      { kind: 'other' },
    ]);
  });

  it.each(['', 'type=PUSH_ARTIFACT', '{"type":', '7', 'null'])(
    'refuses %j, which is no JSON of an event',
    text => {
      expect(() => receive(text)).toThrow(/^The body/);
    },
  );
});
