import { InputError } from '@backstage/errors';
import {
  bareMediaType,
  ImageEvent,
  imageEvent,
  kindOfMediaType,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  cloudEventTypes,
  isCloudEvent,
  receiveCloudEvents,
} from './cloudEvents';
import { isGiteaEvent, receiveGiteaEvent } from './giteaEvents';

const manifestTypes: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
]);

/**
 * Notifications of Docker Registry (distribution) and of what is built on it:
 * one envelope with a list of events. zot sends CloudEvents, and so may a CI
 * job where a registry cannot be configured; Gitea and Forgejo have webhooks
 * for packages.
 */
export const distributionWebhook: WebhookFormat = {
  authentication: [{ type: 'bearer' }, { type: 'basic' }, { type: 'url' }],
  contentTypes: [
    'application/vnd.docker.distribution.events.v1+json',
    'application/vnd.docker.distribution.events.v2+json',
    'application/json',
    ...cloudEventTypes,
  ],
  receive(request) {
    if (isCloudEvent(request)) {
      return receiveCloudEvents(request);
    }
    const payload = Payload.of(request);
    if (isGiteaEvent(request, payload)) {
      return receiveGiteaEvent(request, payload);
    }
    const events = payload.list('events');
    if (events.length === 0) {
      throw new InputError(
        'The body holds no list of events, as the notifications of a Docker Registry do',
      );
    }
    return {
      format: 'distribution',
      events: events.map(toImageEvent),
    };
  },
};

function toImageEvent(event: Payload): ImageEvent {
  const target = event.object('target');
  return imageEvent({
    kind: kindOf(event.text('action')?.toLowerCase(), target),
    repository: target.text('repository'),
    tag: target.text('tag'),
    digest: target.text('digest'),
    mediaType: target.text('mediaType'),
    // Config and layers: what looks like an image may carry a signature.
    relatedTypes: target
      .list('references')
      .flatMap(reference => reference.text('mediaType') ?? []),
    pushedBy: event.object('actor').text('name'),
    occurredAt: event.time('timestamp'),
  });
}

function kindOf(
  action: string | undefined,
  target: Payload,
): ImageEvent['kind'] {
  switch (action) {
    case 'push':
      return kindOfPush(target);
    case 'pull':
    case 'delete':
      return isBlob(target) ? 'other' : action;
    default:
      return 'other';
  }
}

/** What a manifest refers to is looked at later, with its tag. */
function kindOfPush(target: Payload): ImageEvent['kind'] {
  const type = bareMediaType(target.text('mediaType'));
  if (isBlob(target) || (type && kindOfMediaType(type) === 'blob')) {
    return 'blob';
  }
  return type === '' || manifestTypes.has(type) ? 'push' : 'other';
}

/** By the end of its URL: a repository may be called blobs, too. */
function isBlob(target: Payload): boolean {
  return /\/blobs\/[^/]+$/.test(target.text('url') ?? '');
}
