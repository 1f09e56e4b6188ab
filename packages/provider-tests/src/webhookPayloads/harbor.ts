import {
  bearer,
  ExpectedEvent,
  VendorPayloads,
  WebhookPayload,
} from './VendorPayloads';

const digest = `sha256:${'5c'.repeat(32)}`;
const host = 'harbor.example.com';
const name = 'apps/shop/web';
const repository = {
  name: 'shop/web',
  namespace: 'apps',
  repo_full_name: name,
  repo_type: 'private',
};

/** The policy may hold the header with or without a scheme. */
const bare = { in: 'header', name: 'authorization' } as const;

function byDefault(
  type: string,
  event_data: object,
  events: ExpectedEvent[],
): WebhookPayload {
  return {
    proof: bare,
    body: { type, occur_at: 1_763_373_600, operator: 'ada', event_data },
    events,
  };
}

/** One happening in both formats. */
function both(
  about: string,
  [byName, byCloudEvent]: [string, string],
  data: object,
  event: ExpectedEvent,
): Record<string, WebhookPayload> {
  return {
    [`harbor-${about}-default`]: byDefault(byName, data, [event]),
    [`harbor-${about}-cloudevents`]: {
      contentType: 'application/cloudevents+json',
      body: {
        specversion: '1.0',
        id: '66e18103-0000-4000-8000-000000000001',
        requestid: '66e18103-0000-4000-8000-000000000002',
        source: '/projects/4/webhook/policies/9',
        type: `harbor.${byCloudEvent}`,
        datacontenttype: 'application/json',
        time: '2025-11-17T10:00:00Z',
        data,
        operator: 'ada',
      },
      events: [event],
    },
  };
}

const images = (resource: object) => ({
  resources: [{ digest, ...resource }],
  repository: { date_created: 1_763_200_000, ...repository },
});
const tagged = images({
  tag: 'v1.3.0',
  resource_url: `${host}/${name}:v1.3.0`,
});
const byDigest = `${host}/${name}@${digest}`;
/** The digest stands in the place of the tag that there is not. */
const untagged = images({ tag: digest, resource_url: byDigest });

const scanned = (scan_status: string, summary: object | null) => ({
  resources: [
    {
      digest,
      resource_url: byDigest,
      scan_overview: {
        'application/vnd.security.vulnerability.report; version=1.1': {
          report_id: '66e18103-0000-4000-8000-000000000003',
          scan_status,
          severity: summary ? 'High' : '',
          duration: 8,
          summary,
          start_time: '2025-11-17T09:59:47Z',
          end_time: '2025-11-17T09:59:55Z',
          ...(summary && {
            scanner: {
              name: 'Trivy',
              vendor: 'Aqua Security',
              version: 'v0.57.1',
            },
          }),
          complete_percent: summary ? 100 : 0,
        },
      },
    },
  ],
  repository,
});
const findings = { total: 3, fixable: 2, summary: { High: 1, Low: 2 } };

const overQuota = (Details: string) => ({
  resources: [{ digest }],
  repository,
  custom_attributes: { Details },
});

const replication = {
  replication: {
    harbor_hostname: host,
    job_status: 'Success',
    artifact_type: 'image',
    override_mode: true,
    trigger_type: 'MANUAL',
    policy_creator: 'admin',
    execution_timestamp: 1_763_285_390,
    src_resource: {
      registry_name: 'upstream',
      registry_type: 'docker-hub',
      endpoint: 'https://hub.docker.com',
      namespace: 'library',
    },
    dest_resource: {
      registry_type: 'harbor',
      endpoint: `https://${host}`,
      namespace: 'apps',
    },
    successful_artifact: [
      {
        type: 'image',
        status: 'Success',
        name_tag: 'redis [1 item(s) in total]',
      },
    ],
  },
};

const selector = (decoration: string, extras: string) => ({
  kind: 'doublestar',
  decoration,
  pattern: '**',
  extras,
});
const retention = {
  retention: {
    total: 1,
    retained: 0,
    harbor_hostname: host,
    project_name: 'apps',
    retention_policy_id: 6,
    retention_rule: [
      {
        template: 'latestPushedK',
        tag_selectors: [selector('matches', '{"untagged":true}')],
        scope_selectors: { repository: [selector('repoMatches', '')] },
      },
    ],
    result: 'SUCCESS',
    deleted_artifact: [
      { type: 'image', status: 'SUCCESS', name_tag: 'shop/web:v1.0.0' },
    ],
  },
};

const image = { repository: name, digest };
const quota = { kind: 'other', ...image } as const;
const scan = { kind: 'scan', ...image } as const;

/** https://goharbor.io/docs/main/working-with-projects/project-configuration/configure-webhooks/ */
export const harbor: VendorPayloads = {
  registry: { provider: 'harbor', address: `https://${host}` },
  proof: bearer,
  payloads: {
    'harbor-push-tag': byDefault('PUSH_ARTIFACT', tagged, [
      { kind: 'push', ...image, tag: 'v1.3.0' },
    ]),
    'harbor-delete-tag': byDefault('DELETE_ARTIFACT', tagged, [
      { kind: 'delete', ...image, tag: 'v1.3.0' },
    ]),
    ...both('delete', ['DELETE_ARTIFACT', 'artifact.deleted'], tagged, {
      kind: 'delete',
      ...image,
      tag: 'v1.3.0',
    }),
    ...both(
      'push-digest-only',
      ['PUSH_ARTIFACT', 'artifact.pushed'],
      untagged,
      { kind: 'push', ...image },
    ),
    ...both('pull', ['PULL_ARTIFACT', 'artifact.pulled'], untagged, {
      kind: 'pull',
      ...image,
    }),
    ...both(
      'scan-completed',
      ['SCANNING_COMPLETED', 'scan.completed'],
      scanned('Success', findings),
      scan,
    ),
    ...both(
      'scan-failed',
      ['SCANNING_FAILED', 'scan.failed'],
      scanned('Error', null),
      scan,
    ),
    ...both(
      'scan-stopped',
      ['SCANNING_STOPPED', 'scan.stopped'],
      scanned('Stopped', null),
      scan,
    ),
    ...both(
      'quota-exceeded',
      ['QUOTA_EXCEED', 'quota.exceeded'],
      overQuota('adding 2.1 MiB will exceed the limit of 10.0 MiB'),
      quota,
    ),
    ...both(
      'quota-warning',
      ['QUOTA_WARNING', 'quota.warned'],
      overQuota('usage reaches 85%'),
      quota,
    ),
    ...both(
      'replication',
      ['REPLICATION', 'replication.status.changed'],
      replication,
      { kind: 'other' },
    ),
    ...both(
      'tag-retention',
      ['TAG_RETENTION', 'tag_retention.finished'],
      retention,
      { kind: 'other' },
    ),
  },
};
