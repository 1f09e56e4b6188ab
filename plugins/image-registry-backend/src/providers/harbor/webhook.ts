import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  kindOfResourceCall,
  Payload,
  resourceEvents,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import { HarborScan, toScanSummary } from './scan';

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
    const kind = kindOfResourceCall(type);
    return {
      format: isCloudEvent ? 'harbor-cloudevents' : 'harbor',
      events: resourceEvents(
        {
          kind,
          data: payload.object(isCloudEvent ? 'data' : 'event_data'),
          pushedBy: payload.text('operator'),
          occurredAt: payload.time(isCloudEvent ? 'time' : 'occur_at'),
        },
        resource => (kind === 'scan' ? { scan: scanOf(type, resource) } : {}),
      ),
    };
  },
};

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

function toScan([mediaType, report]: [string, Payload]): [string, HarborScan] {
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
