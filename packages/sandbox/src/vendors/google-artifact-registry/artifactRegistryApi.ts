import { ContentStore } from '../../registry/content/ContentStore';
import {
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
  StoredImage,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { bearerTokenOf, jsonBodyOf, VendorRequest } from '../VendorRequest';
import {
  googleRefusal,
  pageAnswer,
  permissionDenied,
  unauthenticated,
} from './googleAnswers';
import { ServiceAccounts } from './ServiceAccounts';

/** A repository of the API, and where its images are kept. */
export interface SimulatedRepository {
  project: string;
  location: string;
  name: string;
  format: 'DOCKER' | 'MAVEN';
  host: string;
  /** In front of the names of its images, with a slash at the end. */
  prefix: string;
  content: ContentStore;
}

const PATH =
  /^\/v1\/projects\/([^/]+)\/locations\/([^/]+)\/repositories(?:\/([^/:]+)(?:\/(packages|dockerImages)|(:testIamPermissions)))?$/;

/**
 * Artifact Registry's REST API, v1: `projects.locations.repositories`, its
 * `packages`, `dockerImages` and `testIamPermissions`.
 */
export function answerArtifactRegistryApi(
  repositories: readonly SimulatedRepository[],
  accounts: ServiceAccounts,
  request: VendorRequest,
): VendorAnswer | undefined {
  const match = PATH.exec(request.path);
  if (!match) {
    return undefined;
  }
  const account = accounts.ofToken(bearerTokenOf(request));
  if (!account) {
    return unauthenticated();
  }
  const [, project, location, name, collection, test] = match;
  const parent = `projects/${project}/locations/${location}`;
  const inside = repositories.filter(
    each => each.project === project && each.location === location,
  );
  const repository = inside.find(each => each.name === name);
  const isKnown = repositories.some(each => each.project === project);
  if (test) {
    return testPermissions(request, account.mayRead && Boolean(repository));
  }
  const permission = `artifactregistry.${
    collection?.toLowerCase() ?? 'repositories'
  }.list`;
  const resource = name ? `${parent}/repositories/${name}` : parent;
  if (!account.mayRead || !isKnown) {
    // Google does not tell whether a project exists.
    return permissionDenied(permission, resource);
  }
  if (!name) {
    return pageAnswer('repositories', inside.map(toRepository), request);
  }
  if (!repository) {
    return googleRefusal(404, 'NOT_FOUND', 'Requested entity was not found.');
  }
  return collection === 'packages'
    ? pageAnswer('packages', toPackages(repository), request)
    : pageAnswer('dockerImages', toDockerImages(repository), request);
}

function testPermissions(
  request: VendorRequest,
  mayRead: boolean,
): VendorAnswer {
  const body = jsonBodyOf(request) as { permissions?: unknown } | undefined;
  return jsonAnswer(
    mayRead && Array.isArray(body?.permissions)
      ? { permissions: body.permissions }
      : {},
  );
}

function resourceOf({ location, name, project }: SimulatedRepository): string {
  return `projects/${project}/locations/${location}/repositories/${name}`;
}

function toRepository(repository: SimulatedRepository) {
  return {
    name: resourceOf(repository),
    format: repository.format,
    mode: 'STANDARD_REPOSITORY',
    createTime: '2026-07-01T08:00:00.000000Z',
    updateTime: '2026-11-01T08:00:00.000000Z',
  };
}

function imagesOf({ content, prefix }: SimulatedRepository): string[] {
  return listStoredRepositories(content)
    .filter(each => each.startsWith(prefix))
    .map(each => each.slice(prefix.length));
}

function toPackages(repository: SimulatedRepository) {
  const { content, prefix } = repository;
  return imagesOf(repository).map(image => ({
    name: `${resourceOf(repository)}/packages/${encodeURIComponent(image)}`,
    createTime: '2026-07-01T08:00:00.000000Z',
    updateTime: lastPushOf(content, `${prefix}${image}`)?.toISOString(),
  }));
}

function toDockerImages(repository: SimulatedRepository) {
  const { content, host, prefix } = repository;
  return imagesOf(repository).flatMap(image =>
    listStoredImages(content, `${prefix}${image}`).map(each => ({
      name: `${resourceOf(repository)}/dockerImages/${encodeURIComponent(
        image,
      )}@${each.digest}`,
      uri: `${host}/${prefix}${image}@${each.digest}`,
      tags: each.tags.map(({ name }) => name),
      imageSizeBytes: String(sizeOf(each)),
      uploadTime: each.pushedAt?.toISOString(),
      updateTime: each.pushedAt?.toISOString(),
      mediaType: each.mediaType,
      buildTime: each.created?.toISOString(),
    })),
  );
}

/** Google counts the manifest alone of an index. */
export function sizeOf({ isIndex, manifestSize, size }: StoredImage): number {
  return isIndex ? manifestSize : size;
}
