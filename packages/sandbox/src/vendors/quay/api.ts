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
import { QuayNotifications } from './notifications';
import { refusal } from './refusal';
import { answerSecurity } from './security';

/** Who calls the API. */
export type QuayCaller =
  | { kind: 'anonymous' }
  /** Brings a token that Quay never gave out. */
  | { kind: 'unknown' }
  | {
      kind: 'application';
      organization: string;
      mayRead: boolean;
      mayAdminister: boolean;
    };

/** What the API is made of. */
export interface QuayState {
  content: ContentStore;
  notifications: QuayNotifications;
}

const PUBLIC_ORGANIZATION = 'opensource';
const USERS = ['portal-owner'];
const ORGANIZATIONS = ['acme', PUBLIC_ORGANIZATION];

/** Entries of a page of repositories; a client cannot choose. */
const REPOSITORIES_PER_PAGE = 100;

/** Entries of a page of tags, at most and by default. */
const TAGS_AT_MOST = 100;
const TAGS_BY_DEFAULT = 50;

const TAGS = /^\/api\/v1\/repository\/([^/]+)\/(.+?)\/tag\/?$/;
const SECURITY =
  /^\/api\/v1\/repository\/([^/]+\/.+)\/manifest\/(sha256:[0-9a-f]{64})\/security$/;
const NOTIFICATION =
  /^\/api\/v1\/repository\/([^/]+\/.+?)\/notification\/([^/]*)$/;
const USER = /^\/api\/v1\/users\/([^/]+)$/;
const ORGANIZATION = /^\/api\/v1\/organization\/([^/]+)$/;

/** Answers a call below `/api/v1`; undefined for any other. */
export function answerQuayApi(
  { content, notifications }: QuayState,
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
    return named(organization, listOrganizations(content));
  }
  const [, someone] = USER.exec(request.path) ?? [];
  if (someone) {
    return named(someone, USERS);
  }
  return answerRepository({ content, notifications }, caller, request);
}

function answerRepository(
  { content, notifications }: QuayState,
  caller: QuayCaller,
  request: VendorRequest,
): VendorAnswer {
  const [, scanned, digest] = SECURITY.exec(request.path) ?? [];
  if (scanned) {
    return (
      refusedToRead(content, caller, scanned) ??
      answerSecurity(content, scanned, digest, request.query)
    );
  }
  const [, watched, rest] = NOTIFICATION.exec(request.path) ?? [];
  if (watched) {
    return (
      refusedToRead(content, caller, watched) ??
      (caller.kind === 'application' && caller.mayAdminister
        ? notifications.answer(watched, rest, request)
        : refusal(403, 'insufficient_scope', 'Unauthorized'))
    );
  }
  const [, namespace, name] = TAGS.exec(request.path) ?? [];
  return namespace
    ? refusedToRead(content, caller, `${namespace}/${name}`) ??
        listTags(content, `${namespace}/${name}`, request.query)
    : refusal(404, 'not_found', 'Not Found');
}

function named(name: string, known: readonly string[]): VendorAnswer {
  return known.includes(name)
    ? jsonAnswer({ name })
    : refusal(404, 'not_found', 'Not Found');
}

/** Those that are always there, and those that a test put something into. */
function listOrganizations(content: ContentStore): string[] {
  return [
    ...ORGANIZATIONS,
    ...listStoredRepositories(content).map(each => each.split('/')[0]),
  ];
}

function refusedToRead(
  content: ContentStore,
  caller: QuayCaller,
  repository: string,
): VendorAnswer | undefined {
  if (caller.kind === 'application' && !caller.mayRead) {
    return refusal(403, 'insufficient_scope', 'Unauthorized');
  }
  if (!maySee(caller, repository.split('/')[0])) {
    return refusal(401, 'invalid_token', 'Requires authentication');
  }
  return content.hasRepository(repository)
    ? undefined
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
  repository: string,
  query: URLSearchParams,
): VendorAnswer {
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

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
