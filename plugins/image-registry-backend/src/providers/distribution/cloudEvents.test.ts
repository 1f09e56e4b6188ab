import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { payloadsOf } from '@slipway/provider-tests';
import { webhookRequest } from '../../testing/webhookRequest';
import { distributionWebhook } from './webhook';

const structured = 'application/cloudevents+json';
const batch = 'application/cloudevents-batch+json';
const digest = `sha256:${'d'.repeat(64)}`;

function receive(
  body: unknown,
  contentType = structured,
  headers: Record<string, string> = {},
): ImageEvent[] {
  const request = webhookRequest(body, contentType);
  const receipt = distributionWebhook.receive({
    ...request,
    headers: { ...request.headers, ...headers },
  });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  expect(receipt.format).toBe('cloudevents');
  return receipt.events;
}

const event = (data: unknown, more: object = {}) => ({
  specversion: '1.0',
  id: 'job-42',
  type: 'com.example.container.image.push',
  source: 'https://ci.example.com/acme/shop',
  time: '2026-11-02T10:00:00Z',
  data,
  ...more,
});

const pushed = {
  kind: 'push',
  repository: 'acme/web',
  tag: 'v1.2.0',
  occurredAt: '2026-11-02T10:00:00.000Z',
};

describe('CloudEvents', () => {
  it('are read structured, also as plain JSON', () => {
    const body = event({ repository: 'acme/web', tag: 'v1.2.0', digest });
    expect(receive(body)).toEqual([{ ...pushed, digest }]);
    expect(receive(body, 'application/json')).toEqual([{ ...pushed, digest }]);
  });

  it('are read in a batch, each of them', () => {
    const first = event({ repository: 'acme/web', tag: 'v1.2.0' });
    const second = event({ repository: 'acme/web', tag: 'latest' });
    expect(receive([first, second], batch)).toEqual([
      pushed,
      { ...pushed, tag: 'latest' },
    ]);
    expect(() => receive([1, null], batch)).toThrow(
      'The batch holds no CloudEvents',
    );
  });

  it('are read binary, with their attributes in headers', () => {
    expect(
      receive({ repository: 'acme/web', tag: 'v1.2.0' }, 'application/json', {
        'ce-specversion': '1.0',
        'ce-id': 'job-42',
        'ce-type': 'com.example.container.image.push',
        'ce-time': '2026-11-02T10:00:00Z',
      }),
    ).toEqual([pushed]);
  });

  it('are read with data in base64', () => {
    const data = JSON.stringify({ repository: 'acme/web', tag: 'v1.2.0' });
    expect(
      receive(
        event(undefined, {
          data_base64: Buffer.from(data).toString('base64'),
        }),
      ),
    ).toEqual([pushed]);
  });

  it.each<[string, unknown, object]>([
    ['other names', { repositoryName: 'acme/web', imageTag: 'v1.2.0' }, {}],
    [
      'names with dashes',
      { 'repository-name': 'acme/web', 'image-tag': 'v1.2.0' },
      {},
    ],
    ['a whole reference', { image: 'r.example.com:5000/Acme/Web:v1.2.0' }, {}],
    ['the subject alone', {}, { subject: 'acme/web:v1.2.0' }],
    [
      'the tag in the subject',
      { repository: 'registry.example.com/acme/web' },
      { subject: 'acme/web:v1.2.0' },
    ],
  ])('name an image by %s', (_name, data, more) => {
    expect(receive(event(data, more))).toEqual([pushed]);
  });

  it('of a digest alone have no tag', () => {
    expect(receive(event({ image: `acme/web@${digest}` }))).toEqual([
      {
        kind: 'push',
        repository: 'acme/web',
        digest,
        occurredAt: pushed.occurredAt,
      },
    ]);
  });

  it.each([
    ['container.image.push', 'push'],
    ['com.example.ContainerImagePushed', 'push'],
    ['dev.cdevents.artifact.published.0.2.0', 'push'],
    ['com.amazon.ecr.image.push', 'push'],
    ['com.example.helm.chart.pushed', 'chart'],
    ['com.example.image.deleted', 'delete'],
    ['com.example.image.pull', 'pull'],
    ['com.example.image.scan.finished', 'scan'],
    ['com.example.ping', 'test'],
    ['com.github.push', 'other'],
    ['com.example.container.image.push.failed', 'other'],
    ['com.example.ContainerImagePushRequested', 'other'],
    ['com.example.image.scan.failed', 'scan'],
    ['com.example.something', 'other'],
  ])('of the type %s are of the kind %s', (type, kind) => {
    const [read] = receive(event({ repository: 'acme/web' }, { type }));
    expect(read.kind).toBe(kind);
  });

  describe('of zot', () => {
    const { body, headers } =
      payloadsOf('distribution').payloads['zot-image-updated'];
    const ofZot = (data: object, type = 'zotregistry.image.updated') =>
      receive({ ...(body as object), ...data }, 'application/json', {
        ...headers,
        'ce-type': type,
      });

    it('tell of a push', () => {
      expect(ofZot({})).toEqual([
        {
          kind: 'push',
          repository: 'shop/web',
          tag: 'v1.3.0',
          digest: `sha256:${'e5'.repeat(32)}`,
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          pushedBy: 'ada',
          occurredAt: '2026-11-17T10:05:00.000Z',
        },
      ]);
    });

    it('tell of a child by its digest alone', () => {
      const [read] = ofZot({ reference: digest, digest });
      expect(read).toMatchObject({ kind: 'push', digest });
      expect(read).not.toHaveProperty('tag');
    });

    it.each([
      ['application/vnd.cncf.helm.config.v1+json', 'chart'],
      ['application/vnd.cncf.notary.signature', 'signature'],
      ['application/vnd.example.unknown', 'other'],
    ])('tell by the config %s in the manifest of a %s', (mediaType, kind) => {
      const manifest = JSON.stringify({ config: { mediaType } });
      expect(ofZot({ manifest })[0].kind).toBe(kind);
    });

    it.each([
      ['com.example.registry.image.updated', 'push'],
      ['zotregistry.image.deleted', 'delete'],
      ['zotregistry.image.scanned', 'scan'],
      ['zotregistry.image.lint_failed', 'other'],
      ['zotregistry.repository.created', 'other'],
    ])('of the type %s are of the kind %s', (type, kind) => {
      expect(ofZot({ manifest: '{' }, type)[0].kind).toBe(kind);
    });
  });

  it.each([
    ['a signature', { tag: `sha256-${'a'.repeat(64)}.sig` }, 'signature'],
    [
      'an attestation',
      { artifactType: 'application/vnd.in-toto+json' },
      'attestation',
    ],
  ])('tell %s from an image', (_name, data, kind) => {
    const [read] = receive(event({ repository: 'acme/web', ...data }));
    expect(read.kind).toBe(kind);
  });

  it.each([
    event(undefined),
    event(null),
    event('text'),
    event({ repository: 7, tag: {} }),
    event({ repository: '../../etc', tag: 'x y' }),
    event({}, { subject: 'not a reference at all', time: 'yesterday' }),
    event(undefined, { data_base64: '%%%' }),
  ])('survive %j', body => {
    const [read] = receive(body);
    expect(read.kind).toBe('other');
    expect(read).not.toHaveProperty('repository');
  });

  it.each<[unknown, string]>([
    [{ specversion: '1.0', id: '1' }, structured],
    [[{ specversion: '1.0' }], batch],
    ['{"specversion":', structured],
    ['"x"', batch],
  ])('without a type or a body are refused: %j', (body, contentType) => {
    expect(() => receive(body, contentType)).toThrow(/^The body/);
  });
});
