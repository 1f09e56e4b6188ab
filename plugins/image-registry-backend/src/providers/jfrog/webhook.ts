import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { listOption } from '../options';
import { joinName, Located, readPlace, splitName } from './place';

/** Event types of the domain `docker`. */
const imageKinds = new Map(
  Object.entries<ImageEvent['kind']>({
    pushed: 'push',
    // A promotion puts a tag into another repository.
    promoted: 'push',
    deleted: 'delete',
  }),
);

/** Event types of the domain `artifact`, which tells of each file. */
const fileKinds = new Map(
  Object.entries<ImageEvent['kind']>({
    deployed: 'push',
    cached: 'push',
    copied: 'push',
    moved: 'push',
    deleted: 'delete',
  }),
);

/** Caches of remote repositories are named so, and pulled by the other name. */
const CACHE = '-cache';

/** Such as `docker`, `artifact_property`; any other text is no name of one. */
const DOMAIN = /^[a-z_]{1,40}$/;

const SIGNATURE_HEADER = 'x-jfrog-event-auth';

/**
 * Webhooks of the JFrog Platform, predefined ones, with or without their
 * envelope. The header carries the secret itself, or with *Use secret for
 * payload signing* the HMAC of the body without a prefix.
 *
 * @see https://docs.jfrog.com/administration/docs/event-types
 */
export const jfrogWebhook: WebhookFormat = {
  authentication: [
    {
      type: 'hmac',
      header: SIGNATURE_HEADER,
      algorithm: 'sha256',
      encoding: 'hex',
    },
    { type: 'header', header: SIGNATURE_HEADER },
    { type: 'bearer' },
    { type: 'url' },
  ],
  contentTypes: ['application/json'],
  receive(request) {
    const payload = Payload.of(request);
    const hasEnvelope = payload.has('domain') && payload.has('data');
    const data = hasEnvelope ? payload.object('data') : payload;
    const type = payload.text('event_type') ?? data.text('event_type');
    const isBare = payload.has('repo_key') && payload.has('image_name');
    if (type === undefined || !(hasEnvelope || isBare)) {
      throw new InputError(
        'The body holds no domain, event_type and data, as the webhooks of the JFrog Platform do',
      );
    }
    const domain = payload.text('domain')?.toLowerCase() ?? 'docker';
    return {
      format: DOMAIN.test(domain) ? `jfrog-${domain}` : 'jfrog',
      events: eventsOf(domain, type.toLowerCase(), data, {
        pushedBy: sourceUser(payload.text('source')),
        registry: request.registry,
      }),
    };
  },
};

interface Context {
  pushedBy?: string;
  registry: WebhookRequest['registry'];
}

/** What an event tells of one tag of one repository of Artifactory. */
interface Told extends Pick<ImageEvent, 'kind' | 'tag' | 'digest'> {
  key?: string;
  image?: string;
}

function eventsOf(
  domain: string,
  type: string,
  data: Payload,
  { pushedBy, registry }: Context,
): ImageEvent[] {
  const told = toldOf(domain, type, data);
  if (!told) {
    return [imageEvent({ kind: 'other', pushedBy })];
  }
  const { key, image, ...rest } = told;
  const names = key && image ? namesOf({ key, image }, registry) : [];
  // Of a repository that this registry does not stand for.
  return names.length
    ? names.map(repository => imageEvent({ ...rest, repository, pushedBy }))
    : [imageEvent({ ...rest, kind: unnamed(rest.kind), pushedBy })];
}

function toldOf(domain: string, type: string, data: Payload): Told | undefined {
  const key = data.text('repo_key');
  const sha256 = data.text('sha256');
  const digest = sha256 && `sha256:${sha256}`;
  if (domain === 'docker') {
    const kind = imageKinds.get(type) ?? 'other';
    const image = { key, image: data.text('image_name') };
    return ofFolder(data.text('tag'), { ...image, kind, digest });
  }
  const kind = domain === 'artifact' ? fileKinds.get(type) : undefined;
  return kind && fileEvent(kind, type, data, { key, digest });
}

/** Folders are named by tags, those of an index's children by digests. */
function ofFolder(folder: string | undefined, told: Told): Told {
  const child = /^sha256(?:__|:)([0-9a-f]{64})$/.exec(folder ?? '')?.[1];
  return child
    ? { ...told, digest: `sha256:${child}` }
    : { ...told, tag: folder };
}

/** Of all files only the manifest in a tag's folder is news of an image. */
function fileEvent(
  kind: ImageEvent['kind'],
  type: string,
  data: Payload,
  { key, digest }: { key?: string; digest?: string },
): Told | undefined {
  const path = data.text('path') ?? '';
  const place =
    type === 'moved' || type === 'copied'
      ? targetOf(data.text('target_repo_path'), path)
      : { key, path };
  const parts = place.path.split('/');
  const name = parts.pop() ?? '';
  const folder = parts.pop();
  const image = { key: place.key, image: parts.join('/') };
  if (/^(list\.)?manifest\.json$/.test(name) && folder && image.image) {
    return ofFolder(folder, { ...image, kind, digest });
  }
  return /^sha256__[0-9a-f]{64}$/.test(name)
    ? { ...image, kind: kind === 'push' ? 'blob' : kind }
    : undefined;
}

/** Where a file went: a repository key, or a key with the new path. */
function targetOf(
  target: string | undefined,
  path: string,
): { key?: string; path: string } {
  const [key, ...rest] = (target ?? '').split('/').filter(Boolean);
  return { key, path: rest.length ? rest.join('/') : path };
}

/**
 * What Docker calls an image of this registry: of the cache also as the remote
 * repository, and of a repository behind a virtual one also as that one.
 */
function namesOf(
  { key, image }: { key: string; image: string },
  registry: Located | undefined,
): string[] {
  const keys = [
    key,
    ...(key.endsWith(CACHE) ? [key.slice(0, -CACHE.length)] : []),
  ];
  if (!registry) {
    return keys.map(each => `${each}/${image}`);
  }
  const place = readPlace(registry);
  const own = place.key ?? registry.namespace?.split('/')[0];
  const behind = listOption(registry.options.sourceRepositories);
  if (own !== undefined && behind.includes(key)) {
    keys.push(own);
  }
  return keys
    .filter(each => place.key === undefined || each === place.key)
    .map(each => joinName(place, { key: each, image }))
    .filter(name => splitName(place, name) !== undefined);
}

/** Something was pushed, but not here: nothing can be done about it. */
function unnamed(kind: ImageEvent['kind']): ImageEvent['kind'] {
  return kind === 'push' || kind === 'delete' ? 'other' : kind;
}

/** The user of `jfrog/ann@example.com`. */
function sourceUser(source: string | undefined): string | undefined {
  return source?.replace(/^jfrog\//, '') || undefined;
}
