import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { payloadsOf } from '@slipway/provider-tests';
import { webhookRequest } from '../../testing/webhookRequest';
import { distributionWebhook } from './webhook';

function receive(body: unknown, headers: object = {}): ImageEvent[] {
  const request = webhookRequest(body);
  const receipt = distributionWebhook.receive({
    ...request,
    headers: { ...request.headers, ...headers },
  });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}

const { payloads } = payloadsOf('distribution');
const captured = (name: string) =>
  payloads[`distribution-captured-${name}`].body;

const digest = `sha256:${'a'.repeat(64)}`;
const target = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest,
  repository: 'team/app',
  tag: '1.0.0',
};

function kindOf(overrides: object, action = 'push') {
  const [event] = receive({
    events: [{ action, target: { ...target, ...overrides } }],
  });
  return event.kind;
}

describe('notifications of a Docker Registry', () => {
  const web =
    'sha256:e35f72d7813215673c0d68a759be003a71115c93d404c8e1723c6f6f9bba7e17';

  it.each(['v2.8-push-tag', 'v3-push-tag'])(
    'reads the push of a tag as it was captured: %s',
    name => {
      expect(receive(captured(name))).toEqual([
        {
          kind: 'push',
          repository: 'team/app',
          tag: '1.0.0',
          digest: web,
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          occurredAt: expect.stringMatching(/^2026-11-21T05:41:3\d\.\d{3}Z$/),
        },
      ]);
    },
  );

  it.each(Object.keys(payloads))('reads %s', name => {
    const { body, events, headers } = payloads[name];
    expect(receive(body, headers)).toMatchObject(events);
  });

  it('gives a digest-only push no tag, and an emptied digest none', () => {
    expect(receive(captured('v3-push-digest-only'))[0]).not.toHaveProperty(
      'tag',
    );
    expect(receive(captured('v3-delete-tag'))[0]).not.toHaveProperty('digest');
  });

  it.each([
    [
      'an index',
      { mediaType: 'application/vnd.oci.image.index.v1+json' },
      'push',
    ],
    ['no media type', { mediaType: undefined }, 'push'],
    ['a layer', { mediaType: 'application/octet-stream' }, 'blob'],
    [
      'a manifest with the URL of a blob',
      { url: `http://r/v2/team/app/blobs/${digest}` },
      'blob',
    ],
    [
      'a manifest in a repository that is called blobs',
      { url: `http://r/v2/team/blobs/manifests/${digest}` },
      'push',
    ],
    [
      'a media type in capitals, with parameters',
      {
        mediaType: 'Application/vnd.OCI.image.manifest.v1+json; charset=utf-8',
      },
      'push',
    ],
    [
      'a WebAssembly module',
      {
        references: [
          { mediaType: 'application/vnd.wasm.config.v0+json' },
          { mediaType: 'application/wasm' },
        ],
      },
      'other',
    ],
    [
      'an image with a layer of tomorrow',
      {
        references: [
          { mediaType: 'application/vnd.oci.image.config.v1+json' },
          { mediaType: 'application/vnd.example.content.v9' },
        ],
      },
      'push',
    ],
    ['a cosign tag', { tag: `sha256-${'b'.repeat(64)}.sig` }, 'signature'],
    ['a referrers tag', { tag: `sha256-${'b'.repeat(64)}` }, 'signature'],
    [
      'a cosign layer',
      {
        tag: undefined,
        references: [
          { mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json' },
        ],
      },
      'signature',
    ],
    ['no repository', { repository: undefined }, 'other'],
    ['a repository that is none', { repository: '../../admin' }, 'other'],
  ])('takes a push of %s for what it is', (_, overrides, kind) => {
    expect(kindOf(overrides)).toBe(kind);
  });

  it.each(['mount', 'MOUNT', 'something-new', ''])(
    'does not take the action "%s" for a push',
    action => {
      expect(kindOf({}, action)).toBe('other');
    },
  );

  it('reads every event of an envelope, in any case of its names', () => {
    const events = receive({
      Events: [
        { Action: 'Push', Target: { Repository: 'a', Tag: '1' } },
        { action: 'push', target: { repository: 'b', tag: '2' } },
      ],
    });
    expect(events.map(event => event.repository)).toEqual(['a', 'b']);
    expect(events.every(event => event.kind === 'push')).toBe(true);
  });

  it('survives fields of other types', () => {
    expect(
      receive({
        events: [
          null,
          7,
          {},
          { action: 5, target: 'x' },
          {
            action: 'push',
            timestamp: 'yesterday',
            actor: [],
            target: { repository: 7, tag: {}, references: 'none' },
          },
        ],
      }).map(event => event.kind),
    ).toEqual(['other', 'other', 'other']);
  });

  it.each([
    '',
    'not json',
    '[]',
    'null',
    '{"target":{"repository":"a"}}',
    '{"events":"none"}',
    '{"events":[]}',
    '{"events":[[]]}',
  ])('refuses a body that is no envelope: %s', body => {
    expect(() => receive(body)).toThrow(/^The body/);
  });
});
