import {
  ImageEvent,
  imageEvent,
  Payload,
} from '@slipway/backstage-plugin-image-registry-node';

/** ECR itself, and Amazon Inspector for its scans of images in ECR. */
const sources: ReadonlySet<string> = new Set(['aws.ecr', 'aws.inspector2']);

/**
 * Whether it is an event of ECR as "Amazon ECR events and EventBridge" of the
 * user guide describes them.
 */
export function isEventBridgeEvent(payload: Payload): boolean {
  return (
    payload.has('detail-type') &&
    sources.has(payload.text('source')?.toLowerCase() ?? '')
  );
}

/**
 * Account and region are not compared with the registry's: rules may forward
 * events of several to one bus, and the registry is asked before any is
 * believed.
 */
export function readEventBridgeEvent(event: Payload): ImageEvent[] {
  const occurredAt = event.time('time');
  return readDetail(
    event.text('detail-type') ?? '',
    event.object('detail'),
  ).map(each => imageEvent({ ...each, occurredAt }));
}

type Read = Parameters<typeof imageEvent>[0];

function readDetail(type: string, detail: Payload): Read[] {
  switch (type.toLowerCase()) {
    case 'ecr image action':
      return [named(detail, kindOfAction(detail))];
    case 'ecr referrer action':
      return [referrer(detail)];
    case 'ecr replication action':
    case 'ecr pull through cache action':
      // Both bring an image into this registry.
      return [named(detail, succeeded(detail) ? 'push' : 'other')];
    case 'ecr image scan':
    case 'inspector2 scan':
      return scanned(detail);
    case 'ecr scan resource change': {
      const repositories = detail.list('repositories');
      return repositories.length
        ? repositories.map(each => named(each, 'other'))
        : [{ kind: 'other' }];
    }
    default:
      return [named(detail, 'other')];
  }
}

function kindOfAction(detail: Payload): ImageEvent['kind'] {
  if (!succeeded(detail)) {
    return 'other';
  }
  switch (detail.text('action-type')?.toUpperCase()) {
    case 'PUSH':
      return 'push';
    case 'DELETE':
      return 'delete';
    default:
      return 'other';
  }
}

function succeeded(detail: Payload): boolean {
  const result = detail.text('result') ?? detail.text('sync-status');
  return result?.toUpperCase() === 'SUCCESS';
}

function named(detail: Payload, kind: ImageEvent['kind']): Read {
  const artifactType = detail.text('artifact-media-type');
  return {
    kind,
    repository: detail.text('repository-name'),
    tag: detail.text('image-tag'),
    digest: detail.text('image-digest'),
    mediaType: detail.text('manifest-media-type'),
    ...(artifactType && { relatedTypes: [artifactType] }),
  };
}

/** Never an image, whatever its media type looks like. */
function referrer(detail: Payload): Read {
  const read = named(detail, kindOfAction(detail));
  const { kind } = imageEvent(read);
  return { ...read, kind: kind === 'push' ? 'attestation' : kind };
}

function scanned(detail: Payload): Read[] {
  const read: Read = {
    ...named(detail, 'scan'),
    // Inspector names the repository by its ARN.
    repository: detail
      .text('repository-name')
      ?.replace(/^arn:.*:repository\//, ''),
  };
  const tags = detail.texts('image-tags');
  return tags.length ? tags.map(tag => ({ ...read, tag })) : [read];
}
