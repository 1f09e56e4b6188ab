import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import { HarborScanOverview, toScanSummary } from './scan';

/** By event type in lower case: Default, CloudEvents, and Harbor before 2.0. */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    push_artifact: 'push',
    'harbor.artifact.pushed': 'push',
    pushimage: 'push',
    pull_artifact: 'pull',
    'harbor.artifact.pulled': 'pull',
    pullimage: 'pull',
    delete_artifact: 'delete',
    'harbor.artifact.deleted': 'delete',
    deleteimage: 'delete',
    upload_chart: 'chart',
    uploadchart: 'chart',
    scanning_completed: 'scan',
    scanning_failed: 'scan',
    scanning_stopped: 'scan',
    'harbor.scan.completed': 'scan',
    'harbor.scan.failed': 'scan',
    'harbor.scan.stopped': 'scan',
  }),
);

/**
 * Webhooks of Harbor in both of its formats. The authentication header is
 * sent exactly as it is entered, with or without `Bearer`.
 */
export const harborWebhook: WebhookFormat = {
  authentication: [{ type: 'bearer' }, { type: 'basic' }, { type: 'url' }],
  contentTypes: ['application/json', 'application/cloudevents+json'],
  receive(request) {
    const payload = Payload.of(request);
    const type = payload.text('type');
    const isCloudEvent = payload.has('specversion');
    const isHarbor = isCloudEvent
      ? type?.toLowerCase().startsWith('harbor.')
      : payload.has('event_data');
    if (type === undefined || !isHarbor) {
      throw new InputError(
        'The body holds no type and event_data, as the webhooks of Harbor do',
      );
    }
    return {
      format: isCloudEvent ? 'harbor-cloudevents' : 'harbor',
      events: isCloudEvent
        ? toImageEvents(
            type,
            payload.object('data'),
            payload,
            payload.time('time'),
          )
        : toImageEvents(
            type,
            payload.object('event_data'),
            payload,
            payload.time('occur_at'),
          ),
    };
  },
};

function toImageEvents(
  type: string,
  data: Payload,
  envelope: Payload,
  occurredAt: string | undefined,
): ImageEvent[] {
  const common = {
    kind: kinds.get(type.toLowerCase()) ?? ('other' as const),
    repository: repositoryOf(data.object('repository')),
    pushedBy: envelope.text('operator'),
    occurredAt,
  };
  const resources = data.list('resources');
  return resources.length
    ? resources.map(resource =>
        imageEvent({
          ...common,
          // Of a child without a tag, the digest stands in its place.
          tag: resource.text('tag'),
          digest: resource.text('digest'),
          ...(common.kind === 'scan' && { scan: scanOf(type, resource) }),
        }),
      )
    : // Replication, retention and the like tell of no single image.
      [imageEvent({ ...common, kind: nothingNamed(common.kind) })];
}

/** Something was pushed, but not what: nothing can be done about it. */
function nothingNamed(kind: ImageEvent['kind']): ImageEvent['kind'] {
  return kind === 'push' || kind === 'delete' ? 'other' : kind;
}

function repositoryOf(repository: Payload): string | undefined {
  const project = repository.text('namespace');
  const name = repository.text('name');
  return (
    repository.text('repo_full_name') ??
    (project && name ? `${project}/${name}` : undefined)
  );
}

/** What the type says where there is no overview. */
function scanOf(type: string, resource: Payload): ImageEvent['scan'] {
  const overview = Object.fromEntries(
    resource.object('scan_overview').entries().map(toScan),
  );
  if (Object.keys(overview).length) {
    return toScanSummary(overview, true);
  }
  const [, end] = /(completed|failed|stopped)$/i.exec(type) ?? [];
  switch (end?.toLowerCase()) {
    case 'completed':
      return { status: 'finished' };
    case 'failed':
      return { status: 'failed' };
    default:
      return { status: 'not-scanned' };
  }
}

function toScan([mediaType, report]: [string, Payload]): [
  string,
  HarborScanOverview[string],
] {
  const summary = report.object('summary');
  const counts = summary.object('summary');
  const scanner = report.object('scanner');
  return [
    mediaType,
    {
      scan_status: report.text('scan_status'),
      severity: report.text('severity'),
      end_time: report.text('end_time'),
      scanner: {
        name: scanner.text('name'),
        version: scanner.text('version'),
      },
      ...(summary.has('total') && {
        summary: {
          fixable: summary.number('fixable'),
          summary: counts.numbers(),
        },
      }),
    },
  ];
}
