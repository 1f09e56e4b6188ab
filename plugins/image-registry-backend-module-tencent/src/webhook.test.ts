import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { tencentWebhook } from './webhook';

function receive(sent: unknown): ImageEvent[] {
  const receipt = tencentWebhook.receive({
    headers: {},
    contentType: 'application/json',
    body: Buffer.from(typeof sent === 'string' ? sent : JSON.stringify(sent)),
  });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}

const hex = 'b2'.repeat(32);
const digest = `sha256:${hex}`;
const resource = {
  digest,
  tag: 'v1.3.0',
  resource_url: 'acme.tencentcloudcr.com/shop/web:v1.3.0',
};

function body(type: string, resources: unknown = [resource]) {
  return {
    type,
    occur_at: 1731749400,
    event_data: {
      resources,
      repository: {
        date_created: 1587119137,
        name: 'web',
        namespace: 'shop',
        repo_full_name: 'shop/web',
        repo_type: 'private',
      },
    },
    operator: '100012345678',
  };
}

const pushed = {
  kind: 'push',
  repository: 'shop/web',
  tag: 'v1.3.0',
  digest,
  pushedBy: '100012345678',
  occurredAt: '2024-11-16T09:30:00.000Z',
};

describe('webhooks of Tencent Cloud', () => {
  it('reads a push', () => {
    expect(receive(body('pushImage'))).toEqual([pushed]);
  });

  it('reads every resource of a call', () => {
    const resources = [resource, { ...resource, tag: 'latest' }];
    expect(receive(body('pushImage', resources)).map(({ tag }) => tag)).toEqual(
      ['v1.3.0', 'latest'],
    );
  });

  it.each([
    ['PUSHIMAGE', 'push'],
    ['push_image', 'push'],
    ['pullImage', 'pull'],
    ['deleteImage', 'delete'],
    ['uploadChart', 'chart'],
    ['deleteChart', 'chart'],
    ['scanningCompleted', 'scan'],
    ['somethingNew', 'other'],
  ])('takes %s for %s', (type, kind) => {
    expect(receive(body(type))).toEqual([{ ...pushed, kind }]);
  });

  it.each([
    ['a masked digest', { digest: 'sha256:b2xxxx' }, { digest: undefined }],
    ['a digest as tag', { tag: digest }, { tag: undefined, digest }],
    ['no tag', { tag: undefined }, { tag: undefined, kind: 'push' }],
    ['a signature', { tag: `sha256-${hex}.sig` }, { kind: 'signature' }],
    ['an attestation', { tag: `sha256-${hex}.att` }, { kind: 'attestation' }],
    ['an SBOM', { tag: `sha256-${hex}.sbom` }, { kind: 'sbom' }],
    ['a field that nobody knows', { layer: 1 }, { kind: 'push' }],
  ])('bears %s', (_, changes, expected) => {
    const [event] = receive(body('pushImage', [{ ...resource, ...changes }]));
    for (const [name, value] of Object.entries(expected)) {
      expect(event[name as keyof ImageEvent]).toBe(value);
    }
  });

  it.each([[[]], ['x'], [null], [[1, 'x']]])(
    'takes a push of %j for no push',
    resources => {
      expect(receive(body('pushImage', resources))).toEqual([
        expect.objectContaining({ kind: 'other', repository: 'shop/web' }),
      ]);
    },
  );

  it.each(['', '[]', '{}', '{"type":"pushImage"}', '{"event_data":{}}'])(
    'refuses %s',
    text => {
      expect(() => receive(text)).toThrow(/^The body/);
    },
  );
});
