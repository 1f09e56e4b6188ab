import {
  listStoredImages,
  listStoredRepositories,
} from '../registry/storedImages';
import { emptyAnswer, jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { NexusCaller } from './accounts';
import { answerCapabilities, NexusCapability } from './capabilities';
import { SimulatedRepository } from './SimulatedNexus';

const BASE = '/service/rest/v1';

/** Components of a page; a client cannot choose. */
const COMPONENTS_PER_PAGE = 10;
const FOUND_PER_PAGE = 50;

interface Component {
  id: string;
  repository: string;
  format: 'docker';
  group: null;
  name: string;
  version: string;
  assets: unknown[];
}

/** What a Nexus keeps. */
export interface NexusState {
  repositories: readonly SimulatedRepository[];
  capabilities: Map<string, NexusCapability>;
}

/** Answers what is below `/service/rest/v1`; undefined for anything else. */
export function answerNexusApi(
  { capabilities, repositories }: NexusState,
  caller: NexusCaller | undefined,
  request: VendorRequest,
): VendorAnswer | undefined {
  if (!request.path.startsWith(`${BASE}/`)) {
    return undefined;
  }
  if (!caller) {
    return emptyAnswer({ status: 401 });
  }
  const path = request.path.slice(BASE.length);
  if (/^\/capabilities(\/|$)/.test(path)) {
    const below = path.slice('/capabilities'.length);
    return answerCapabilities(capabilities, caller, below, request);
  }
  switch (path) {
    case '/repositories':
      return jsonAnswer(
        caller.mayRead
          ? repositories.map(each => toEntry(each, request.url))
          : [],
      );
    case '/components':
      return listComponents(repositories, caller, request);
    case '/search':
      return search(repositories, caller, request);
    default:
      return emptyAnswer({ status: 404 });
  }
}

function toEntry({ format, name, type }: SimulatedRepository, { origin }: URL) {
  return {
    name,
    format,
    type,
    url: `${origin}/repository/${name}`,
    attributes: {},
  };
}

function listComponents(
  repositories: readonly SimulatedRepository[],
  { mayRead }: NexusCaller,
  { query, url }: VendorRequest,
): VendorAnswer {
  const name = query.get('repository');
  const repository = repositories.find(each => each.name === name);
  if (!repository) {
    return jsonAnswer(
      [{ id: '*', message: `Unable to locate repository with id ${name}` }],
      { status: 404 },
    );
  }
  return mayRead
    ? pageOf(componentsOf(repository, url), query, COMPONENTS_PER_PAGE)
    : emptyAnswer({ status: 403 });
}

/** Who may see nothing finds nothing. */
function search(
  repositories: readonly SimulatedRepository[],
  { mayRead }: NexusCaller,
  { query, url }: VendorRequest,
): VendorAnswer {
  const wanted = query.get('name')?.toLowerCase();
  const found = repositories
    .filter(
      ({ format, name }) =>
        mayRead &&
        (!query.has('repository') || name === query.get('repository')) &&
        (!query.has('format') || format === query.get('format')),
    )
    .flatMap(repository => componentsOf(repository, url))
    .filter(({ name }) => !wanted || name.toLowerCase() === wanted);
  return pageOf(found, query, FOUND_PER_PAGE);
}

function pageOf(
  components: Component[],
  query: URLSearchParams,
  size: number,
): VendorAnswer {
  const token = query.get('continuationToken');
  const start = token
    ? Number(Buffer.from(token, 'hex').toString('utf8').split(':')[1])
    : 0;
  const end = start + size;
  return jsonAnswer({
    items: components.slice(start, end),
    continuationToken:
      end < components.length
        ? Buffer.from(`page:${end}`).toString('hex')
        : null,
  });
}

function componentsOf(
  { name: repository, registry }: SimulatedRepository,
  { origin }: URL,
): Component[] {
  if (!registry) {
    return [];
  }
  const { content } = registry;
  return listStoredRepositories(content).flatMap(name =>
    listStoredImages(content, name).flatMap(({ digest, mediaType, tags }) =>
      tags.map(({ name: version, pushedAt }): Component => {
        const path = `v2/${name}/manifests/${version}`;
        const id = Buffer.from(`${repository}:${path}`).toString('base64url');
        return {
          id,
          repository,
          format: 'docker',
          group: null,
          name,
          version,
          assets: [
            {
              downloadUrl: `${origin}/repository/${repository}/${path}`,
              path,
              id,
              repository,
              format: 'docker',
              checksum: {
                sha1: digest.slice(7, 47),
                sha256: digest.replace('sha256:', ''),
              },
              contentType: mediaType,
              lastModified: nexusTime(pushedAt),
              lastDownloaded: null,
              uploader: 'ci',
              uploaderIp: '10.0.0.7',
              fileSize: content.getManifest(name, version)!.bytes.length,
              blobCreated: nexusTime(pushedAt),
            },
          ],
        };
      }),
    ),
  );
}

function nexusTime(time: Date): string {
  return time.toISOString().replace('Z', '+00:00');
}
