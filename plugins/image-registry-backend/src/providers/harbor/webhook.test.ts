import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '../../testing/webhookRequest';
import { harborWebhook } from './webhook';

function receive(body: unknown): { events: ImageEvent[]; format: string } {
  const receipt = harborWebhook.receive(webhookRequest(body));
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt;
}

const digest = `sha256:${'c'.repeat(64)}`;
const repository = {
  date_created: 1680501893,
  name: 'web/proxy',
  namespace: 'apps',
  repo_full_name: 'apps/web/proxy',
  repo_type: 'private',
};
const resource = {
  digest,
  tag: 'v1.3.0',
  resource_url: 'harbor.example.com/apps/web/proxy:v1.3.0',
};

function byDefault(type: string, resources: unknown[] = [resource]) {
  return {
    type,
    occur_at: 1680501893,
    operator: 'robot$apps+ci',
    event_data: { resources, repository },
  };
}

function byCloudEvents(type: string, resources: unknown[] = [resource]) {
  return {
    specversion: '1.0',
    id: '66e18103',
    requestid: '51c0b694',
    source: '/projects/2/webhook/policies/15',
    type,
    datacontenttype: 'application/json',
    time: '2023-04-03T06:04:53Z',
    data: { resources, repository },
    operator: 'robot$apps+ci',
  };
}

const pushed = {
  kind: 'push',
  repository: 'apps/web/proxy',
  tag: 'v1.3.0',
  digest,
  pushedBy: 'robot$apps+ci',
  occurredAt: '2023-04-03T06:04:53.000Z',
};

describe('webhooks of Harbor', () => {
  it('reads a push in both formats alike', () => {
    expect(receive(byDefault('PUSH_ARTIFACT'))).toEqual({
      format: 'harbor',
      events: [pushed],
    });
    expect(receive(byCloudEvents('harbor.artifact.pushed'))).toEqual({
      format: 'harbor-cloudevents',
      events: [pushed],
    });
  });

  it.each([
    byDefault('PUSH_ARTIFACT', []),
    byCloudEvents('harbor.artifact.pushed', []),
  ])('does not take a digest in the place of the tag for a tag', template => {
    const child = { digest, tag: digest, resource_url: `h/apps/web@${digest}` };
    const body =
      'data' in template
        ? { ...template, data: { ...template.data, resources: [child] } }
        : {
            ...template,
            event_data: { ...template.event_data, resources: [child] },
          };
    const { events } = receive(body);
    expect(events).toEqual([expect.objectContaining({ kind: 'push', digest })]);
    expect(events[0]).not.toHaveProperty('tag');
  });

  it('takes the digest from the tag when it is only there', () => {
    const { events } = receive(byDefault('PUSH_ARTIFACT', [{ tag: digest }]));
    expect(events[0]).toMatchObject({ digest });
    expect(events[0]).not.toHaveProperty('tag');
  });

  it('reads one event per resource', () => {
    const { events } = receive(
      byDefault('PUSH_ARTIFACT', [resource, { ...resource, tag: 'latest' }]),
    );
    expect(events.map(event => event.tag)).toEqual(['v1.3.0', 'latest']);
  });

  it.each([
    ['PULL_ARTIFACT', 'harbor.artifact.pulled', 'pull'],
    ['DELETE_ARTIFACT', 'harbor.artifact.deleted', 'delete'],
    ['SCANNING_COMPLETED', 'harbor.scan.completed', 'scan'],
    ['SCANNING_FAILED', 'harbor.scan.failed', 'scan'],
    ['SCANNING_STOPPED', 'harbor.scan.stopped', 'scan'],
    ['QUOTA_EXCEED', 'harbor.quota.exceeded', 'other'],
    ['QUOTA_WARNING', 'harbor.quota.warned', 'other'],
    ['TAG_RETENTION', 'harbor.tag_retention.finished', 'other'],
    ['SOMETHING_NEW', 'harbor.something.new', 'other'],
  ])('takes %s and %s for %s', (type, cloudEventType, kind) => {
    expect(receive(byDefault(type)).events[0].kind).toBe(kind);
    expect(receive(byCloudEvents(cloudEventType)).events[0].kind).toBe(kind);
  });

  it('reads the names of Harbor 1', () => {
    expect(receive(byDefault('pushImage')).events[0].kind).toBe('push');
    expect(receive(byDefault('UPLOAD_CHART')).events[0].kind).toBe('chart');
  });

  it('records replication, which names no image of ours', () => {
    expect(
      receive({
        type: 'REPLICATION',
        occur_at: 1680501904,
        operator: 'MANUAL',
        event_data: { replication: { job_status: 'Success' } },
      }).events,
    ).toEqual([
      {
        kind: 'other',
        pushedBy: 'MANUAL',
        occurredAt: '2023-04-03T06:05:04.000Z',
      },
    ]);
  });

  it('tells signatures by their tags', () => {
    const tag = `sha256-${'d'.repeat(64)}.sig`;
    expect(
      receive(byDefault('PUSH_ARTIFACT', [{ digest, tag }])).events[0].kind,
    ).toBe('signature');
  });

  it('survives fields of other types and a push of nothing', () => {
    expect(
      receive({ type: 'PUSH_ARTIFACT', occur_at: 'x', event_data: 7 }).events,
    ).toEqual([{ kind: 'other' }]);
    expect(
      receive({ TYPE: 'push_artifact', EVENT_DATA: { RESOURCES: [resource] } })
        .events[0].kind,
    ).toBe('other');
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
