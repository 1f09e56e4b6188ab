import { ContentStore } from '../../registry/content/ContentStore';
import {
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
  StoredImage,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { pageOf, refusal } from './answers';

/** Owner whose packages are public. */
const PUBLIC_OWNER = 'octo';
/** A package of this name is linked to no repository. */
const UNLINKED = 'chart';

const VERSION_NAME_EPOCH = Date.parse('2026-01-01T00:00:00Z');

/**
 * `/packages…` below `/orgs/{org}` or `/users/{user}`, as in
 * docs.github.com/rest/packages/packages.
 *
 * @param rest - of the path behind the owner, still encoded
 */
export function answerPackages(
  content: ContentStore,
  owner: string,
  rest: string,
  request: VendorRequest,
): VendorAnswer {
  const names = listStoredRepositories(content)
    .filter(each => each.startsWith(`${owner}/`))
    .map(each => each.slice(owner.length + 1));
  if (rest === '/packages') {
    return request.query.get('package_type') === 'container'
      ? pageOf(
          names.map(name => toPackage(content, owner, name)),
          request,
        )
      : refusal(400, 'Package type is missing or invalid');
  }
  const [, encoded, versions] =
    /^\/packages\/container\/([^/]+)(\/versions)?$/.exec(rest) ?? [];
  const name = decodeURIComponent(encoded ?? '');
  if (!names.includes(name)) {
    return refusal(404, 'Package not found.');
  }
  return versions
    ? pageOf(
        listStoredImages(content, `${owner}/${name}`).map(toVersion),
        request,
      )
    : jsonAnswer(toPackage(content, owner, name));
}

function toPackage(content: ContentStore, owner: string, name: string) {
  const changed = lastPushOf(content, `${owner}/${name}`) ?? new Date(0);
  return {
    id: 100,
    name,
    package_type: 'container',
    owner: { login: owner },
    version_count: listStoredImages(content, `${owner}/${name}`).length,
    visibility: owner === PUBLIC_OWNER ? 'public' : 'private',
    created_at: changed.toISOString(),
    updated_at: changed.toISOString(),
    ...(name !== UNLINKED && { repository: { full_name: `${owner}/shop` } }),
  };
}

function toVersion({ digest, pushedAt, tags }: StoredImage) {
  const created = (pushedAt ?? new Date(VERSION_NAME_EPOCH)).toISOString();
  return {
    id: 200,
    name: digest,
    created_at: created,
    updated_at: created,
    metadata: {
      package_type: 'container',
      container: { tags: tags.map(({ name }) => name) },
    },
  };
}
