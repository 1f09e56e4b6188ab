import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { alibabaWebhook } from './webhook';

function receive(body: unknown): { events: ImageEvent[]; format: string } {
  const receipt = alibabaWebhook.receive({
    headers: {},
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt;
}

const hex = 'a1'.repeat(32);
const digest = `sha256:${hex}`;

function trigger(pushed: object = {}, repository: object = {}) {
  return {
    push_data: {
      digest,
      pushed_at: '2026-11-16 17:30:00',
      tag: 'v1.3.0',
      ...pushed,
    },
    repository: {
      date_created: '2026-01-02 03:04:05',
      name: 'web',
      namespace: 'acme',
      region: 'cn-hangzhou',
      repo_authentication_type: 'NO_CERTIFIED',
      repo_full_name: 'acme/web',
      repo_origin_type: 'NO_CERTIFIED',
      repo_type: 'PRIVATE',
      ...repository,
    },
  };
}

function cloudEvent(type: string, data: object = {}) {
  return {
    id: '45ef4dew-0001',
    source: 'acs.cr',
    specversion: '1.0',
    subject: 'acs.cr:cn-hangzhou:1234567890:215672',
    time: '2026-11-16T17:30:00+08:00',
    type,
    aliyunaccountid: '1234567890',
    data: {
      InstanceId: 'cri-0001',
      RegionId: 'cn-hangzhou',
      RepoNamespaceName: 'acme',
      RepoName: 'team/web',
      RepoId: 'crr-0001',
      Tag: 'v1.3.0',
      ...data,
    },
  };
}

const pushed = {
  kind: 'push',
  repository: 'acme/web',
  tag: 'v1.3.0',
  digest,
  occurredAt: '2026-11-16T09:30:00.000Z',
};

describe('webhooks of Alibaba Cloud', () => {
  it('reads a trigger, its time as that of China', () => {
    expect(receive(trigger())).toEqual({
      format: 'alibaba-acr',
      events: [pushed],
    });
  });

  it('reads names in other cases, and a digest without its algorithm', () => {
    expect(
      receive(trigger({ digest: hex }, { repo_full_name: 'acme/Web' })).events,
    ).toEqual([pushed]);
    const { push_data, repository } = trigger();
    expect(
      receive({ PUSH_DATA: push_data, Repository: repository }).events,
    ).toEqual([pushed]);
  });

  it('takes namespace and name where the full name is missing', () => {
    expect(
      receive(trigger({}, { repo_full_name: undefined })).events[0].repository,
    ).toBe('acme/web');
  });

  it.each([
    ['a masked digest', { digest: 'sha256:a1xxxx' }, { digest: undefined }],
    ['no tag', { tag: undefined }, { kind: 'push', tag: undefined }],
    ['a tag that is none', { tag: '-x' }, { kind: 'push', tag: undefined }],
    ['a digest as tag', { tag: digest }, { kind: 'push', tag: undefined }],
    ['a signature', { tag: `sha256-${hex}.sig` }, { kind: 'signature' }],
    ['an attestation', { tag: `sha256-${hex}.att` }, { kind: 'attestation' }],
    ['an SBOM', { tag: `sha256-${hex}.sbom` }, { kind: 'sbom' }],
    ['a time of another form', { pushed_at: 7 }, { kind: 'push' }],
  ])('bears %s', (_, data, expected) => {
    const { events } = receive(trigger(data));
    expect(events).toEqual([
      expect.objectContaining({ kind: expect.any(String) }),
    ]);
    for (const [name, value] of Object.entries(expected)) {
      expect(events[0][name as keyof ImageEvent]).toBe(value);
    }
  });

  it('reads all events that a target collected', () => {
    const bare = { Digest: 'ab'.repeat(32) };
    const { events } = receive([
      cloudEvent('cr:Artifact:PushCompleted', bare),
      cloudEvent('cr:Artifact:ScanCompleted', {}),
      { specversion: '1.0', type: 'oss:ObjectCreated:PutObject' },
    ]);
    expect(events.map(event => [event.kind, event.digest])).toEqual([
      ['push', `sha256:${bare.Digest}`],
      ['scan', undefined],
    ]);
  });

  it('records a push of nothing', () => {
    expect(receive({ push_data: {}, repository: {} }).events).toEqual([
      { kind: 'other' },
    ]);
    expect(receive({ push_data: 'x', repository: [] }).events).toEqual([
      { kind: 'other' },
    ]);
  });

  it.each([
    ['cr:Artifact:PushCompleted', {}, 'push'],
    ['cr:Artifact:BuildCompleted', { BuildStatus: 'SUCCESS' }, 'push'],
    ['cr:Artifact:BuildCompleted', { BuildStatus: 'FAILED' }, 'other'],
    ['cr:Artifact:ScanCompleted', {}, 'scan'],
    ['cr:Artifact:SigningCompleted', {}, 'signature'],
    ['cr:Artifact:SynchronizationCompleted', {}, 'other'],
    ['cr:DeliveryChain:Completed', {}, 'other'],
    ['CR:ARTIFACT:PUSHCOMPLETED', {}, 'push'],
  ])('reads the event %s %j', (type, data, kind) => {
    expect(receive(cloudEvent(type, data))).toEqual({
      format: 'alibaba-eventbridge',
      events: [
        {
          kind,
          repository: 'acme/team/web',
          tag: 'v1.3.0',
          occurredAt: '2026-11-16T09:30:00.000Z',
        },
      ],
    });
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"repository":{}}',
    '{"specversion":"1.0","type":"oss:ObjectCreated:PutObject","data":{}}',
    '{"type":"cr:Artifact:PushCompleted"}',
  ])('refuses %s', body => {
    expect(() => receive(body)).toThrow(/^The body/);
  });
});
