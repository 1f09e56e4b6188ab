import {
  AccessControl,
  AccessScope,
} from '../../registry/access/AccessControl';
import { ContentStore } from '../../registry/content/ContentStore';
import { isIndexType } from '../../registry/protocol/mediaTypes';
import { RegistryError } from '../../registry/protocol/RegistryError';
import { PayloadTooLarge } from '../../registry/routes/exchange';
import {
  findStoredImage,
  listStoredRepositories,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { refusal } from './accounts';

const BASE = '/acr/v1/';

/** Entries of a page, at most and by default. */
const MOST = 100;

const REPOSITORY = /^\/acr\/v1\/(.+?)(?:\/(_tags|_manifests))?$/;

/** Everything is unlocked, as it is at first. */
const changeableAttributes = {
  deleteEnabled: true,
  writeEnabled: true,
  readEnabled: true,
  listEnabled: true,
};

/** Answers a call below `/acr/v1/`; undefined for any other. */
export function answerAcrApi(
  content: ContentStore,
  access: AccessControl,
  request: VendorRequest,
): VendorAnswer | undefined {
  if (!request.path.startsWith(BASE)) {
    return undefined;
  }
  if (request.path === `${BASE}_catalog`) {
    return (
      refused(access, request, {
        type: 'registry',
        name: 'catalog',
        actions: ['*'],
      }) ?? catalog(content, request)
    );
  }
  const [, repository = '', list] = REPOSITORY.exec(request.path) ?? [];
  const denied = refused(access, request, {
    type: 'repository',
    name: repository,
    actions: ['metadata_read'],
  });
  if (denied) {
    return denied;
  }
  if (!content.hasRepository(repository)) {
    return refusal(
      404,
      'NAME_UNKNOWN',
      `repository "${repository}" is not found`,
    );
  }
  switch (list) {
    case '_tags':
      return tags(content, repository, request);
    case '_manifests':
      return manifests(content, repository, request);
    default:
      return jsonAnswer({
        registry: request.host,
        imageName: repository,
        tagCount: content.listTags(repository)?.length ?? 0,
        manifestCount: content.listManifests(repository).length,
        changeableAttributes,
      });
  }
}

function refused(
  access: AccessControl,
  { headers, method, remoteAddress, url }: VendorRequest,
  scope: AccessScope,
): VendorAnswer | undefined {
  try {
    access.authorize(
      {
        headers,
        method,
        remoteAddress,
        url,
        readBody: async limit => {
          throw new PayloadTooLarge(limit);
        },
      },
      [scope],
    );
    return undefined;
  } catch (error) {
    if (error instanceof RegistryError) {
      return refusal(error.status, error.code, error.message, error.headers);
    }
    throw error;
  }
}

function catalog(content: ContentStore, request: VendorRequest): VendorAnswer {
  const names = [...listStoredRepositories(content)].sort();
  const { entries, headers } = pageOf(names, name => name, request);
  return jsonAnswer({ repositories: entries }, { headers });
}

function tags(
  content: ContentStore,
  repository: string,
  request: VendorRequest,
): VendorAnswer {
  const all = (content.listTags(repository) ?? []).map(name => ({
    name,
    digest: content.getManifest(repository, name)!.digest,
    pushedAt: content.pushedAt(repository, name)!,
  }));
  if (request.query.get('orderby') === 'timedesc') {
    all.sort((a, b) => b.pushedAt.getTime() - a.pushedAt.getTime());
  }
  const { entries, headers } = pageOf(all, ({ name }) => name, request);
  return jsonAnswer(
    {
      registry: request.host,
      imageName: repository,
      tags: entries.map(({ digest, name, pushedAt }) => ({
        name,
        digest,
        createdTime: azureTime(pushedAt),
        lastUpdateTime: azureTime(pushedAt),
        signed: false,
        changeableAttributes,
      })),
    },
    { headers },
  );
}

/** Also those without a tag, as the children of an index are. */
function manifests(
  content: ContentStore,
  repository: string,
  request: VendorRequest,
): VendorAnswer {
  const all = content
    .listManifests(repository)
    .map(({ digest }) => findStoredImage(content, repository, digest)!)
    .sort((a, b) => (a.digest < b.digest ? -1 : 1));
  const { entries, headers } = pageOf(all, ({ digest }) => digest, request);
  return jsonAnswer(
    {
      registry: request.host,
      imageName: repository,
      manifests: entries.map(image => {
        const [platform] = image.platforms;
        return {
          digest: image.digest,
          // Of an index only its own bytes are counted.
          imageSize: image.isIndex ? image.manifestSize : image.size,
          ...(image.pushedAt && { createdTime: azureTime(image.pushedAt) }),
          ...(!isIndexType(image.mediaType) && {
            architecture: platform?.architecture,
            os: platform?.os,
          }),
          mediaType: image.mediaType,
          ...(image.tags.length && {
            tags: image.tags.map(({ name }) => name),
          }),
          changeableAttributes,
        };
      }),
    },
    { headers },
  );
}

function pageOf<T>(
  all: T[],
  nameOf: (entry: T) => string,
  { path, query }: VendorRequest,
): { entries: T[]; headers: Record<string, string> } {
  const size = Math.min(Number(query.get('n') ?? MOST), MOST);
  const last = query.get('last');
  const start = last ? all.findIndex(entry => nameOf(entry) === last) + 1 : 0;
  const entries = all.slice(start, start + size);
  if (start + size >= all.length) {
    return { entries, headers: {} };
  }
  const next = new URLSearchParams({
    last: nameOf(entries[entries.length - 1]),
    n: String(size),
    orderby: query.get('orderby') ?? '',
  });
  return { entries, headers: { Link: `<${path}?${next}>; rel="next"` } };
}

/** With seven digits behind the second, as Azure writes it. */
function azureTime(time: Date): string {
  return time.toISOString().replace('Z', '0000Z');
}
