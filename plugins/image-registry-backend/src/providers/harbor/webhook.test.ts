import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { payloadsOf } from '@slipway/provider-tests';
import { webhookRequest } from '../../testing/webhookRequest';
import { harborWebhook } from './webhook';

function receive(body: unknown): { events: ImageEvent[]; format: string } {
  const receipt = harborWebhook.receive(webhookRequest(body));
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt;
}

const { payloads } = payloadsOf('harbor');
const digest = `sha256:${'5c'.repeat(32)}`;
const occurredAt = '2025-11-17T10:00:00.000Z';
const image = { repository: 'apps/shop/web', digest, occurredAt };
const told = { occurredAt, pushedBy: 'ada' };

/** What the calls tell of a scan, by name. */
const scans: ReadonlyArray<[RegExp, ImageEvent['scan']]> = [
  [
    /scan-completed/,
    {
      status: 'finished',
      severity: 'high',
      counts: { high: 1, low: 2 },
      fixable: 2,
      finishedAt: '2025-11-17T09:59:55.000Z',
      scanner: 'Trivy v0.57.1',
    },
  ],
  [/scan-failed/, { status: 'failed' }],
  [/scan-stopped/, { status: 'not-scanned' }],
];

/** Parts of a body that the tests change. */
interface Body {
  event_data: {
    resources: { tag?: string; digest?: string; scan_overview?: object }[];
    repository: { repo_full_name?: string };
  };
}

const payload = (name: string) =>
  structuredClone(payloads[`harbor-${name}`].body) as Body;

describe('webhooks of Harbor', () => {
  it.each(Object.keys(payloads))('reads %s', name => {
    const { body, events } = payloads[name];
    const [, scan] = scans.find(([names]) => names.test(name)) ?? [];
    expect(receive(body)).toEqual({
      format: name.endsWith('-cloudevents') ? 'harbor-cloudevents' : 'harbor',
      events: events.map(event => ({
        ...told,
        ...event,
        ...(scan && { scan }),
      })),
    });
  });

  it('reads one event per resource', () => {
    const body = payload('push-tag');
    const [resource] = body.event_data.resources;
    body.event_data.resources.push({ ...resource, tag: 'latest' });
    expect(receive(body).events.map(({ tag }) => tag)).toEqual([
      'v1.3.0',
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
    ['testEndpoint', 'test'],
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
      tag: 'v1.3.0',
      scan: { status },
    });
  });

  it('reads names in another case, and survives what it does not know', () => {
    const { event_data: data } = payload('push-tag');
    expect(
      receive({
        Type: 'Push_Artifact',
        Occur_At: 1_763_373_600,
        Something_New: [{}],
        EVENT_DATA: {
          RESOURCES: [{ Digest: digest, TAG: 'v1.3.0', extra: { deep: 1 } }],
          Repository: { ...data.repository, Repo_Full_Name: 'apps/shop/web' },
        },
      }).events,
    ).toEqual([{ kind: 'push', ...image, tag: 'v1.3.0' }]);
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
