import { InputError } from '@backstage/errors';
import { isDigest } from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';

/** What GitHub sends where nobody chose JSON: the same, in a form. */
const FORM = 'application/x-www-form-urlencoded';

/**
 * Webhooks of GitHub for packages: the event `package`, or `registry_package`
 * as apps get it.
 *
 * https://docs.github.com/webhooks/webhook-events-and-payloads#package
 */
export const ghcrWebhook: WebhookFormat = {
  authentication: [
    {
      type: 'hmac',
      header: 'x-hub-signature-256',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'sha256=',
    },
  ],
  contentTypes: ['application/json', FORM],
  receive(request) {
    const payload = Payload.of(jsonOf(request));
    return { format: 'github', events: readEvents(request, payload) };
  },
};

function jsonOf({ body, contentType }: WebhookRequest): { body: Buffer } {
  const form =
    contentType === FORM && new URLSearchParams(body.toString('utf8'));
  return form ? { body: Buffer.from(form.get('payload') ?? '') } : { body };
}

function readEvents(request: WebhookRequest, payload: Payload): ImageEvent[] {
  const name = request.headers['x-github-event']?.toLowerCase();
  if (name === 'ping' || (payload.has('zen') && payload.has('hook_id'))) {
    return [{ kind: 'test' }];
  }
  const field = ['package', 'registry_package'].find(each => payload.has(each));
  if (field) {
    return packageEvents(payload.object(field), payload);
  }
  if (name !== undefined) {
    return [{ kind: 'other' }];
  }
  throw new InputError(
    'The body holds no package, as the webhooks of GitHub for packages do',
  );
}

function packageEvents(pack: Payload, payload: Payload): ImageEvent[] {
  if (!isContainer(pack)) {
    return [{ kind: 'other' }];
  }
  const version = pack.object('package_version');
  const container = version.object('container_metadata');
  const manifest = container.object('manifest');
  const place = placeOf(pack, version);
  const event = {
    kind: kindOf(payload.text('action')),
    repository: place.repository?.toLowerCase(),
    digest: [
      version.text('version'),
      version.text('name'),
      manifest.text('digest'),
      container.object('tag').text('digest'),
    ].find(text => text !== undefined && isDigest(text)),
    mediaType: manifest.text('media_type'),
    relatedTypes: [
      manifest.object('config'),
      ...manifest.list('layers'),
    ].flatMap(each => each.text('media_type') ?? []),
    pushedBy: payload.object('sender').text('login'),
    occurredAt: version.time('updated_at') ?? pack.time('updated_at'),
  };
  const tags = tagsOf(version, container, place.tag);
  return tags.length
    ? tags.map(tag => imageEvent({ ...event, tag }))
    : [imageEvent(event)];
}

function kindOf(action: string | undefined): ImageEvent['kind'] {
  switch (action?.toLowerCase()) {
    case 'published':
    case 'updated':
    case 'created':
      return 'push';
    case 'deleted':
      return 'delete';
    default:
      return 'other';
  }
}

/** The type of the package alone is not to be relied on: it may say npm. */
function isContainer(pack: Payload): boolean {
  const names = [
    pack.text('package_type'),
    pack.text('ecosystem'),
    pack.object('registry').text('type'),
  ].map(text => text?.toLowerCase());
  return (
    names.some(name => name === 'container' || name === 'docker') ||
    pack.object('package_version').hasObject('container_metadata')
  );
}

/** Of `ghcr.io/Acme/web:v1`, where the tag may be missing behind the colon. */
function placeOf(
  pack: Payload,
  version: Payload,
): { repository?: string; tag?: string } {
  const url = version.text('package_url');
  const [, path, tag] =
    /^[^/]+\/([^:@]+)(?::([^@]*))?(?:@.*)?$/.exec(url ?? '') ?? [];
  if (path) {
    return { repository: path, tag };
  }
  const owner = pack.object('owner').text('login');
  const name = pack.text('name');
  return owner && name ? { repository: `${owner}/${name}` } : {};
}

function tagsOf(
  version: Payload,
  container: Payload,
  named: string | undefined,
): string[] {
  const told = [
    container.object('tag').text('name') ?? named,
    ...version.object('metadata').object('container').texts('tags'),
  ].filter((tag): tag is string => Boolean(tag));
  return [...new Set(told)];
}
