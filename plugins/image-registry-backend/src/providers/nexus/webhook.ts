import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { listOption } from '../options';
import { joinName, readPlace } from './place';

const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    created: 'push',
    updated: 'push',
    deleted: 'delete',
  }),
);

/**
 * Webhooks of repositories of Nexus, for components (images) and for assets
 * (manifests and layers). No event holds a digest, nor the host. Without a
 * secret nothing is signed, and only the URL can prove who calls.
 *
 * @see https://help.sonatype.com/en/example-headers-and-payloads.html
 */
export const nexusWebhook: WebhookFormat = {
  authentication: [
    {
      type: 'hmac',
      header: 'x-nexus-webhook-signature',
      algorithm: 'sha1',
      encoding: 'hex',
    },
    { type: 'url' },
  ],
  contentTypes: ['application/json'],
  receive(request) {
    const payload = Payload.of(request);
    const action = payload.text('action')?.toLowerCase();
    const source = payload.text('repositoryName');
    if (action === undefined || source === undefined) {
      throw new InputError(
        'The body holds no action and repositoryName, as the repository webhooks of Nexus do',
      );
    }
    const common = {
      occurredAt: payload.time('timestamp'),
      pushedBy: initiator(payload.text('initiator')),
    };
    const kind = kinds.get(action) ?? 'other';
    const isAsset = payload.has('asset') || payload.has('assets');
    const told = isAsset
      ? assetEvent(kind, payload.object('asset'))
      : componentEvent(kind, payload.object('component'));
    return {
      format: isAsset ? 'nexus-asset' : 'nexus-component',
      events: named(told, source, request.registry).map(event =>
        imageEvent({ ...common, ...event }),
      ),
    };
  },
};

/** An event whose repository is the image inside the repository of Nexus. */
type Told = Pick<ImageEvent, 'kind' | 'repository' | 'tag' | 'digest'>;

function componentEvent(kind: Told['kind'], component: Payload): Told {
  return component.text('format')?.toLowerCase() === 'docker'
    ? {
        kind,
        repository: component.text('name'),
        tag: component.text('version'),
      }
    : { kind: 'other' };
}

/** The name of an asset is its path: `v2/team/app/manifests/1.0`. */
function assetEvent(kind: Told['kind'], asset: Payload): Told {
  if (asset.text('format')?.toLowerCase() !== 'docker') {
    return { kind: 'other' };
  }
  const [, repository, type, reference] =
    /^\/?v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(
      asset.text('name') ?? '',
    ) ?? [];
  if (type === 'blobs') {
    return { kind: kind === 'push' ? 'blob' : kind, digest: reference };
  }
  return { kind, repository, tag: reference };
}

/**
 * Names the image as Docker does in this registry; of a repository behind a
 * group also as that of the group.
 */
function named(
  told: Told,
  source: string,
  registry: WebhookRequest['registry'],
): Told[] {
  const { repository: image, ...rest } = told;
  if (!image) {
    return [rest];
  }
  if (!registry) {
    return [told];
  }
  const place = readPlace(registry);
  const behind = listOption(registry.options.sourceRepositories);
  const sources = [
    source,
    ...(place.repository && behind.includes(source) ? [place.repository] : []),
  ].filter(
    each =>
      place.routing === 'path' ||
      place.repository === undefined ||
      each === place.repository,
  );
  return sources.length
    ? [...new Set(sources)].map(repository => ({
        ...rest,
        repository: joinName(place, { repository, image }),
      }))
    : // Of a repository that this registry does not stand for.
      [{ ...rest, kind: 'other' }];
}

/** The user of `ann/10.0.0.7`; tasks of Nexus are nobody. */
function initiator(value: string | undefined): string | undefined {
  const user = value?.split('/')[0];
  return user && !user.startsWith('*') && user !== 'anonymous'
    ? user
    : undefined;
}
