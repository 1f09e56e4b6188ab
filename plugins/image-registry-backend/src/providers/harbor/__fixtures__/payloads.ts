/**
 * Webhook calls with the structure that Harbor sends (goharbor/website,
 * docs/working-with-projects/project-configuration/configure-webhooks.md),
 * with names and values of our own.
 */

const digest = `sha256:${'4f'.repeat(32)}`;
const created = { date_created: 1_762_160_400 };
const repository = {
  name: 'shop/web',
  namespace: 'apps',
  repo_full_name: 'apps/shop/web',
  repo_type: 'private',
};
const host = 'harbor.example.com';
const tagged = {
  digest,
  tag: 'v2.4.0',
  resource_url: `${host}/apps/shop/web:v2.4.0`,
};
/** A child of an index, or anything else that was pushed without a tag. */
const untagged = {
  digest,
  tag: digest,
  resource_url: `${host}/apps/shop/web@${digest}`,
};

function byDefault(type: string, operator: string, event_data: object) {
  return { type, occur_at: 1_762_164_000, operator, event_data };
}

function byCloudEvents(type: string, operator: string, data: object) {
  return {
    specversion: '1.0',
    id: '0b9e5f1c-6a77-4c0e-9a0c-6c2e0f7d1a55',
    requestid: 'd4f8c2f0-1c5b-4a0e-8c36-2f6a3d1c9b10',
    source: '/projects/4/webhook/policies/9',
    type,
    datacontenttype: 'application/json',
    time: '2025-11-03T10:00:00Z',
    data,
    operator,
  };
}

function scanned(scan_status: string, findings?: object) {
  return {
    resources: [
      {
        digest,
        resource_url: untagged.resource_url,
        scan_overview: {
          'application/vnd.security.vulnerability.report; version=1.1': {
            report_id: '7c7a9c52-0f1e-4f5b-a58e-94d1a6d9f1b7',
            scan_status,
            severity: findings ? 'High' : '',
            duration: 11,
            summary: findings ?? null,
            start_time: '2025-11-03T09:59:48Z',
            end_time: '2025-11-03T09:59:59Z',
            ...(findings && {
              scanner: {
                name: 'Trivy',
                vendor: 'Aqua Security',
                version: 'v0.57.1',
              },
            }),
            complete_percent: findings ? 100 : 0,
          },
        },
      },
    ],
    repository,
  };
}

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
    execution_timestamp: 1_762_163_990,
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
        tag_selectors: [
          {
            kind: 'doublestar',
            decoration: 'matches',
            pattern: '**',
            extras: '{"untagged":true}',
          },
        ],
        scope_selectors: {
          repository: [
            {
              kind: 'doublestar',
              decoration: 'repoMatches',
              pattern: '**',
              extras: '',
            },
          ],
        },
      },
    ],
    result: 'SUCCESS',
    deleted_artifact: [
      { type: 'image', status: 'SUCCESS', name_tag: 'shop/web:v1.0.0' },
    ],
  },
};

const whole = { ...created, ...repository };
const images = (resource: object) => ({
  resources: [resource],
  repository: whole,
});

/** By name; where there are two formats, the Default one and CloudEvents. */
export const harborPayloads: Readonly<Record<string, object>> = {
  'push-tag': byDefault('PUSH_ARTIFACT', 'ada', images(tagged)),
  'push-tag-cloudevents': byCloudEvents(
    'harbor.artifact.pushed',
    'ada',
    images(tagged),
  ),
  'push-digest-only-default': byDefault(
    'PUSH_ARTIFACT',
    'harbor-jobservice',
    images(untagged),
  ),
  'push-digest-only-cloudevents': byCloudEvents(
    'harbor.artifact.pushed',
    'harbor-jobservice',
    images(untagged),
  ),
  'pull-default': byDefault(
    'PULL_ARTIFACT',
    'robot$apps+scanner',
    images(untagged),
  ),
  'pull-cloudevents': byCloudEvents(
    'harbor.artifact.pulled',
    'robot$apps+scanner',
    images(untagged),
  ),
  'delete-tag': {
    type: 'DELETE_ARTIFACT',
    occur_at: 1_762_164_000,
    event_data: images(tagged),
    operator: 'ada',
  },
  'delete-default': byDefault(
    'DELETE_ARTIFACT',
    'harbor-jobservice',
    images(tagged),
  ),
  'delete-cloudevents': byCloudEvents(
    'harbor.artifact.deleted',
    'harbor-jobservice',
    images(tagged),
  ),
  'scan-completed-default': byDefault(
    'SCANNING_COMPLETED',
    'auto',
    scanned('Success', findings),
  ),
  'scan-completed-cloudevents': byCloudEvents(
    'harbor.scan.completed',
    'auto',
    scanned('Success', findings),
  ),
  'scan-failed-default': byDefault('SCANNING_FAILED', 'auto', scanned('Error')),
  'scan-failed-cloudevents': byCloudEvents(
    'harbor.scan.failed',
    'auto',
    scanned('Error'),
  ),
  'scan-stopped-default': byDefault(
    'SCANNING_STOPPED',
    'auto',
    scanned('Stopped'),
  ),
  'scan-stopped-cloudevents': byCloudEvents(
    'harbor.scan.stopped',
    'auto',
    scanned('Stopped'),
  ),
  'quota-exceeded-default': byDefault(
    'QUOTA_EXCEED',
    '',
    overQuota('adding 2.1 MiB will exceed the limit of 10.0 MiB'),
  ),
  'quota-exceeded-cloudevents': byCloudEvents(
    'harbor.quota.exceeded',
    '',
    overQuota('adding 2.1 MiB will exceed the limit of 10.0 MiB'),
  ),
  'quota-warning-default': byDefault(
    'QUOTA_WARNING',
    '',
    overQuota('usage reaches 85%'),
  ),
  'quota-warning-cloudevents': byCloudEvents(
    'harbor.quota.warned',
    '',
    overQuota('usage reaches 85%'),
  ),
  'replication-default': byDefault('REPLICATION', 'MANUAL', replication),
  'replication-cloudevents': byCloudEvents(
    'harbor.replication.status.changed',
    'MANUAL',
    replication,
  ),
  'tag-retention-default': byDefault('TAG_RETENTION', 'MANUAL', retention),
  'tag-retention-cloudevents': byCloudEvents(
    'harbor.tag_retention.finished',
    'MANUAL',
    retention,
  ),
};
