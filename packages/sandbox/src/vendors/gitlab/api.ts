import { ContentStore } from '../../registry/content/ContentStore';
import { listStoredImages } from '../registry/storedImages';
import { jsonAnswer, VendorAnswer, withHeader } from '../VendorAnswer';
import { bearerTokenOf, VendorRequest } from '../VendorRequest';
import { callerOf, GitlabCaller } from './accounts';
import { pageOf, refusal } from './answers';
import { answerGraphql, GraphqlAge } from './graphql';
import {
  GitlabRepository,
  groups,
  listRepositories,
  projects,
  users,
} from './projects';

/** What the API is made of. */
export interface GitlabState {
  content: ContentStore;
  /** Host and port of the registry, as locations name it. */
  registryHost: string;
  graphql: GraphqlAge;
}

const LIMIT_OF_A_MINUTE = 2_000;

/** Answers a call of GitLab; undefined for what is no API. */
export function answerGitlabApi(
  state: GitlabState,
  request: VendorRequest,
): VendorAnswer | undefined {
  if (!request.rawPath.startsWith('/api/')) {
    return undefined;
  }
  const answer = answerCaller(state, request);
  return [
    ['RateLimit-Limit', String(LIMIT_OF_A_MINUTE)],
    ['RateLimit-Remaining', String(LIMIT_OF_A_MINUTE - 1)],
    ['RateLimit-Reset', String(Math.ceil(Date.now() / 1000) + 60)],
  ].reduce((each, [name, value]) => withHeader(each, name, value), answer);
}

function answerCaller(
  state: GitlabState,
  request: VendorRequest,
): VendorAnswer {
  const token =
    bearerTokenOf(request) ?? (request.headers['private-token'] as string);
  const caller = token === undefined ? undefined : callerOf(token);
  if (token !== undefined && caller?.kind !== 'access') {
    return refusal(401, 'Unauthorized');
  }
  if (caller && !caller.scopes.includes('read_api')) {
    return jsonAnswer(
      {
        error: 'insufficient_scope',
        error_description:
          'The request requires higher privileges than provided by the access token.',
        scope: 'api read_api',
      },
      { status: 403 },
    );
  }
  const repositories = listRepositories(state.content, state.registryHost);
  if (request.rawPath === '/api/graphql') {
    return state.graphql === 'none' || request.method !== 'POST'
      ? refusal(404, 'Not Found')
      : answerGraphql(state.content, repositories, state.graphql, request);
  }
  return answerRest(state.content, repositories, caller, request);
}

function answerRest(
  content: ContentStore,
  repositories: readonly GitlabRepository[],
  caller: GitlabCaller | undefined,
  request: VendorRequest,
): VendorAnswer {
  const path = request.rawPath.slice('/api/v4'.length);
  if (path === '/groups' || path === '/projects') {
    return pageOf(caller ? own(path, request.query) : [], request);
  }
  const [, kind, encoded, rest] =
    /^\/(groups|projects|users)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const name = decodeURIComponent(encoded ?? '');
  if (kind === 'users' && rest === '/projects') {
    return users.includes(name)
      ? pageOf(shown(name), request)
      : refusal(404, 'User Not Found');
  }
  if (rest !== '/registry/repositories') {
    return refusal(404, 'Not Found');
  }
  return kind === 'groups'
    ? answerGroup(repositories, caller, name, request)
    : answerProject(content, repositories, caller, name, request);
}

function own(path: string, query: URLSearchParams): unknown[] {
  return path === '/groups'
    ? groups
        .filter(each => !query.has('top_level_only') || !each.includes('/'))
        .map((full_path, index) => ({ id: index + 1, full_path }))
    : shown('');
}

function shown(below: string): unknown[] {
  return projects
    .filter(({ path }) => !below || path.startsWith(`${below}/`))
    .map(({ id, path }) => ({ id, path_with_namespace: path }));
}

function answerGroup(
  repositories: readonly GitlabRepository[],
  caller: GitlabCaller | undefined,
  name: string,
  request: VendorRequest,
): VendorAnswer {
  return caller && groups.includes(name)
    ? pageOf(
        repositories.filter(({ path }) => path.startsWith(`${name}/`)),
        request,
      )
    : refusal(404, 'Group Not Found');
}

function answerProject(
  content: ContentStore,
  repositories: readonly GitlabRepository[],
  caller: GitlabCaller | undefined,
  name: string,
  request: VendorRequest,
): VendorAnswer {
  const project = projects.find(
    ({ id, path }) => path === name || String(id) === name,
  );
  if (!project || (!caller && !project.isPublic)) {
    return refusal(404, 'Project Not Found');
  }
  const counts = request.query.get('tags_count') === 'true';
  return pageOf(
    repositories
      .filter(each => each.project_id === project.id)
      .map(each => ({
        ...each,
        ...(counts && { tags_count: countTags(content, each.path) }),
      })),
    request,
  );
}

function countTags(content: ContentStore, repository: string): number {
  return listStoredImages(content, repository).reduce(
    (sum, { tags }) => sum + tags.length,
    0,
  );
}
