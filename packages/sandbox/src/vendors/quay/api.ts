import { ContentStore } from '../../registry/content/ContentStore';
import {
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
  StoredImage,
  StoredTag,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';

/** Who calls the API. */
export type QuayCaller =
  | { kind: 'anonymous' }
  /** Brings a token that Quay never gave out. */
  | { kind: 'unknown' }
  | { kind: 'application'; organization: string; mayRead: boolean };

const PUBLIC_ORGANIZATION = 'opensource';
const ORGANIZATIONS = ['acme', PUBLIC_ORGANIZATION];

/** Entries of a page of repositories; a client cannot choose. */
const REPOSITORIES_PER_PAGE = 100;

/** Entries of a page of tags, at most and by default. */
const TAGS_AT_MOST = 100;
const TAGS_BY_DEFAULT = 50;

const TAGS = /^\/api\/v1\/repository\/([^/]+)\/(.+?)\/tag\/?$/;
const ORGANIZATION = /^\/api\/v1\/organization\/([^/]+)$/;

/** Answers a call below `/api/v1`; undefined for any other. */
export function answerQuayApi(
  content: ContentStore,
  caller: QuayCaller,
  request: VendorRequest,
): VendorAnswer | undefined {
  if (!request.path.startsWith('/api/v1/')) {
    return undefined;
  }
  if (caller.kind === 'unknown') {
    return refusal(401, 'invalid_token', 'Invalid bearer token');
  }
  if (request.path === '/api/v1/user/') {
    return caller.kind === 'application'
      ? jsonAnswer(user(caller.organization))
      : refusal(401, 'invalid_token', 'Requires authentication');
  }
  if (request.path === '/api/v1/repository') {
    return listRepositories(content, caller, request.query);
  }
  const [, organization] = ORGANIZATION.exec(request.path) ?? [];
  if (organization) {
    return ORGANIZATIONS.includes(organization)
      ? jsonAnswer({ name: organization })
      : refusal(404, 'not_found', 'Not Found');
  }
  const [, namespace, name] = TAGS.exec(request.path) ?? [];
  return namespace
    ? listTags(content, caller, namespace, name, request.query)
    : refusal(404, 'not_found', 'Not Found');
}

function user(organization: string) {
  return {
    anonymous: false,
    username: 'portal-owner',
    organizations: [
      { name: organization, is_org_admin: false, can_create_repo: false },
    ],
  };
}

function listRepositories(
  content: ContentStore,
  caller: QuayCaller,
  query: URLSearchParams,
): VendorAnswer {
  const namespace = query.get('namespace');
  if (!namespace && query.get('public') !== 'true') {
    return refusal(
      400,
      'invalid_request',
      'namespace, starred, or public are required for this API call',
    );
  }
  if (caller.kind === 'application' && !caller.mayRead) {
    return refusal(403, 'insufficient_scope', 'Unauthorized');
  }
  const visible = listStoredRepositories(content).filter(name => {
    const [owner] = name.split('/');
    return (!namespace || owner === namespace) && maySee(caller, owner);
  });
  const start = Number(query.get('next_page') ?? 0);
  const end = start + REPOSITORIES_PER_PAGE;
  return jsonAnswer({
    repositories: visible.slice(start, end).map(name => {
      const [owner, ...rest] = name.split('/');
      const changed = lastPushOf(content, name);
      return {
        namespace: owner,
        name: rest.join('/'),
        description: null,
        is_public: owner === PUBLIC_ORGANIZATION,
        kind: 'image',
        state: 'NORMAL',
        is_starred: false,
        ...(query.get('last_modified') === 'true' && {
          last_modified: changed ? seconds(changed) : null,
        }),
      };
    }),
    ...(end < visible.length && { next_page: String(end) }),
  });
}

function listTags(
  content: ContentStore,
  caller: QuayCaller,
  namespace: string,
  name: string,
  query: URLSearchParams,
): VendorAnswer {
  if (caller.kind === 'application' && !caller.mayRead) {
    return refusal(403, 'insufficient_scope', 'Unauthorized');
  }
  const repository = `${namespace}/${name}`;
  if (!maySee(caller, namespace)) {
    return refusal(401, 'invalid_token', 'Requires authentication');
  }
  if (!content.hasRepository(repository)) {
    return refusal(404, 'not_found', 'Not Found');
  }
  const like = /^like:(.*)$/.exec(query.get('filter_tag_name') ?? '')?.[1];
  const entries = listStoredImages(content, repository)
    .flatMap(image => image.tags.map(tag => ({ image, tag })))
    .filter(({ tag }) => !like || tag.name.includes(like))
    .sort((a, b) => b.tag.pushedAt.getTime() - a.tag.pushedAt.getTime());
  const limit = Math.min(
    Number(query.get('limit') ?? TAGS_BY_DEFAULT),
    TAGS_AT_MOST,
  );
  const page = Number(query.get('page') ?? 1);
  return jsonAnswer({
    tags: entries.slice((page - 1) * limit, page * limit).map(toTag),
    page,
    has_additional: page * limit < entries.length,
  });
}

function toTag({ image, tag }: { image: StoredImage; tag: StoredTag }) {
  return {
    name: tag.name,
    reversion: false,
    start_ts: seconds(tag.pushedAt),
    manifest_digest: image.digest,
    is_manifest_list: image.isIndex,
    // Quay has no size of an index.
    size: image.isIndex ? null : image.size,
    last_modified: tag.pushedAt.toUTCString().replace('GMT', '-0000'),
    ...(image.isIndex && { child_manifest_count: image.platforms.length }),
  };
}

function maySee(caller: QuayCaller, organization: string): boolean {
  return (
    organization === PUBLIC_ORGANIZATION ||
    (caller.kind === 'application' && caller.organization === organization)
  );
}

function refusal(status: number, type: string, message: string): VendorAnswer {
  return jsonAnswer(
    {
      detail: message,
      error_message: message,
      error_type: type,
      title: type,
      type: `https://quay.io/api/v1/error/${type}`,
      status,
    },
    { status },
  );
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
