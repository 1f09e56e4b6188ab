import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '../../testing/webhookRequest';
import { harborPayloads } from './__fixtures__/payloads';
import { harborWebhook } from './webhook';

function receive(body: unknown): { events: ImageEvent[]; format: string } {
  const receipt = harborWebhook.receive(webhookRequest(body));
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt;
}

const digest = `sha256:${'4f'.repeat(32)}`;
const occurredAt = '2025-11-03T10:00:00.000Z';
const image = { repository: 'apps/shop/web', digest, occurredAt };
const finishedAt = '2025-11-03T09:59:59.000Z';

/** By payload, without what tells its format. */
const expectations: ReadonlyArray<[RegExp, ImageEvent]> = [
  [/^push-tag/, { kind: 'push', ...image, tag: 'v2.4.0', pushedBy: 'ada' }],
  [/^push-digest/, { kind: 'push', ...image, pushedBy: 'harbor-jobservice' }],
  [/^pull/, { kind: 'pull', ...image, pushedBy: 'robot$apps+scanner' }],
  [/^delete-tag/, { kind: 'delete', ...image, tag: 'v2.4.0', pushedBy: 'ada' }],
  [
    /^delete/,
    { kind: 'delete', ...image, tag: 'v2.4.0', pushedBy: 'harbor-jobservice' },
  ],
  [
    /^scan-completed/,
    {
      kind: 'scan',
      ...image,
      pushedBy: 'auto',
      scan: {
        status: 'finished',
        severity: 'high',
        counts: { high: 1, low: 2 },
        fixable: 2,
        finishedAt,
        scanner: 'Trivy v0.57.1',
      },
    },
  ],
  [
    /^scan-failed/,
    { kind: 'scan', ...image, pushedBy: 'auto', scan: { status: 'failed' } },
  ],
  [
    /^scan-stopped/,
    {
      kind: 'scan',
      ...image,
      pushedBy: 'auto',
      scan: { status: 'not-scanned' },
    },
  ],
  [/^quota/, { kind: 'other', ...image }],
  [
    /^(replication|tag-retention)/,
    { kind: 'other', pushedBy: 'MANUAL', occurredAt },
  ],
];

const payload = (name: string) => structuredClone(harborPayloads[name]) as any;

describe('webhooks of Harbor', () => {
  it.each(Object.keys(harborPayloads))('reads %s', name => {
    const [, expected] = expectations.find(([names]) => names.test(name))!;
    expect(receive(harborPayloads[name])).toEqual({
      format: name.endsWith('-cloudevents') ? 'harbor-cloudevents' : 'harbor',
      events: [expected],
    });
  });

  it('reads one event per resource', () => {
    const body = payload('push-tag');
    const [resource] = body.event_data.resources;
    body.event_data.resources.push({ ...resource, tag: 'latest' });
    expect(receive(body).events.map(({ tag }) => tag)).toEqual([
      'v2.4.0',
      'latest',
    ]);
  });

  it('takes the digest from the tag when it is only there', () => {
    const body = payload('push-digest-only-default');
    delete body.event_data.resources[0].digest;
    const [event] = receive(body).events;
    expect(event).toMatchObject({ kind: 'push', digest });
    expect(event).not.toHaveProperty('tag');
  });

  it('finds the repository by its parts', () => {
    const body = payload('push-tag');
    delete body.event_data.repository.repo_full_name;
    expect(receive(body).events[0].repository).toBe('apps/shop/web');
  });

  it.each([
    [`sha256-${'d'.repeat(64)}.sig`, 'signature'],
    [`sha256-${'d'.repeat(64)}.att`, 'attestation'],
    [`sha256-${'d'.repeat(64)}.sbom`, 'sbom'],
    [`sha256-${'d'.repeat(64)}`, 'signature'],
  ])('tells by the tag %s that it is a %s', (tag, kind) => {
    const body = payload('push-tag');
    body.event_data.resources[0].tag = tag;
    expect(receive(body).events[0].kind).toBe(kind);
  });

  it.each([
    ['pushImage', 'push'],
    ['deleteImage', 'delete'],
    ['pullImage', 'pull'],
    ['UPLOAD_CHART', 'chart'],
    ['uploadChart', 'chart'],
    ['SOMETHING_NEW', 'other'],
  ])('takes the type %s for %s', (type, kind) => {
    expect(receive({ ...payload('push-tag'), type }).events[0].kind).toBe(kind);
  });

  it.each([
    ['SCANNING_COMPLETED', 'finished'],
    ['SCANNING_FAILED', 'failed'],
    ['SCANNING_STOPPED', 'not-scanned'],
  ])('takes a %s without an overview for %s', (type, status) => {
    const body = payload('push-tag');
    expect(receive({ ...body, type }).events[0]).toMatchObject({
      kind: 'scan',
      tag: 'v2.4.0',
      scan: { status },
    });
  });

  it('reads names in another case, and survives what it does not know', () => {
    const { event_data: data } = payload('push-tag');
    expect(
      receive({
        Type: 'Push_Artifact',
        Occur_At: 1_762_164_000,
        Something_New: [{}],
        EVENT_DATA: {
          RESOURCES: [{ Digest: digest, TAG: 'v2.4.0', extra: { deep: 1 } }],
          Repository: { ...data.repository, Repo_Full_Name: 'apps/shop/web' },
        },
      }).events,
    ).toEqual([{ kind: 'push', ...image, tag: 'v2.4.0' }]);
  });

  it.each([
    ['no resources', { resources: undefined }],
    ['resources that are none', { resources: [null, 7, 'text'] }],
    ['no repository', { repository: undefined }],
    ['a repository that is none', { repository: { repo_full_name: '../x' } }],
  ])('takes a push of %s for no push', (_, change) => {
    const body = payload('push-tag');
    Object.assign(body.event_data, change);
    expect(receive(body).events).toMatchObject([{ kind: 'other' }]);
  });

  it('survives fields of other types', () => {
    expect(
      receive({ type: 'PUSH_ARTIFACT', occur_at: 'x', event_data: 7 }).events,
    ).toEqual([{ kind: 'other' }]);
    const body = payload('scan-completed-default');
    body.event_data.resources[0].scan_overview = { report: { summary: 5 } };
    expect(receive(body).events[0].scan).toEqual({ status: 'failed' });
  });

  it.each([
    '',
    '{}',
    '{"type":"PUSH_ARTIFACT"}',
    '{"event_data":{}}',
    '{"specversion":"1.0","type":"com.example.pushed","data":{}}',
  ])('refuses %s', body => {
    expect(() => receive(body)).toThrow(/^The body/);
  });
});
