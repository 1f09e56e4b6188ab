import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { basicLoginOf } from '../VendorRequest';
import { getArtifact, listArtifacts } from './artifacts';
import { HarborCall, HarborRefusal, SignedHarborCall } from './HarborCall';
import { getProject, getSummary, listProjects, listQuotas } from './projects';
import { getRepository, listRepositories } from './repositories';
import { answerWebhooks } from './webhooks';

const BASE = '/api/v2.0';
const PROJECT = /^\/projects\/([^/]+)(\/.*)?$/;

/** What a CLI secret opens (src/server/middleware/security/oidc_cli.go). */
const FOR_CLI_SECRETS =
  /^\/api\/v2\.0\/projects(\/.*\/repositories(\/.*\/artifacts)?)?$/;

/**
 * A repository's name must still be encoded once here: decoded twice already,
 * its slashes would part the path.
 */
const REPOSITORY = /^\/repositories\/([^/]+)(?:\/(artifacts)(?:\/([^/]+))?)?$/;

/** A browser would come back with these, and then need the token. */
const session = {
  'Set-Cookie': [
    'sid=0123456789abcdef0123456789abcdef; Path=/; HttpOnly',
    '_gorilla_csrf=MTY4MDUwMTg5M3xJbXR5; Path=/; HttpOnly; SameSite=Strict',
  ],
  'X-Harbor-Csrf-Token': 'csrf-token-of-this-session',
};

/** Answers a call below `/api/v2.0`; undefined for any other. */
export function answerHarborApi(call: HarborCall): VendorAnswer | undefined {
  if (!call.path.startsWith(`${BASE}/`)) {
    return undefined;
  }
  try {
    const answer = route(signed(call), call.path.slice(BASE.length));
    return { ...answer, headers: { ...answer.headers, ...session } };
  } catch (error) {
    if (!(error instanceof HarborRefusal)) {
      throw error;
    }
    const { code, message, status } = error;
    return jsonAnswer({ errors: [{ code, message }] }, { status });
  }
}

function signed(call: HarborCall): SignedHarborCall {
  const { request, state } = call;
  if (request.method !== 'GET' && request.headers.cookie !== undefined) {
    throw new HarborRefusal(
      403,
      'FORBIDDEN',
      'CSRF token not found in request',
    );
  }
  const login = basicLoginOf(request);
  // A wrong password is nobody's, and what is public stays public.
  const known = login && state.signIn(login.username, login.password);
  const opens = request.method === 'GET' && FOR_CLI_SECRETS.test(call.path);
  const account = known?.isCliSecret && !opens ? undefined : known;
  return {
    ...call,
    account,
    need(permission, project) {
      if (state.may(account, permission, project)) {
        return;
      }
      throw account
        ? new HarborRefusal(403, 'FORBIDDEN', 'forbidden')
        : new HarborRefusal(401, 'UNAUTHORIZED', 'unauthorized');
    },
  };
}

function route(call: SignedHarborCall, path: string): VendorAnswer {
  switch (path) {
    case '/projects':
      return listProjects(call);
    case '/repositories':
      return listRepositories(call, undefined);
    case '/quotas':
      return listQuotas(call);
    default:
  }
  const [, named, below = ''] = PROJECT.exec(path) ?? [];
  if (!named) {
    throw new HarborRefusal(404, 'NOT_FOUND', `path ${path} was not found`);
  }
  const isName =
    call.request.headers['x-is-resource-name'] === 'true' ||
    !/^\d+$/.test(named);
  const project =
    (isName
      ? call.state.projects.find(({ name }) => name === named)
      : call.state.project(named)
    )?.name ?? named;
  return inProject(call, project, below);
}

function inProject(
  call: SignedHarborCall,
  project: string,
  below: string,
): VendorAnswer {
  if (below.startsWith('/webhook/')) {
    return answerWebhooks(call, project, below.slice('/webhook/'.length));
  }
  switch (below) {
    case '':
      return getProject(call, project);
    case '/summary':
      return getSummary(call, project);
    case '/repositories':
      return listRepositories(call, project);
    default:
  }
  const [, encoded, artifacts, reference] = REPOSITORY.exec(below) ?? [];
  if (!encoded) {
    throw new HarborRefusal(404, 'NOT_FOUND', `path ${below} was not found`);
  }
  const repository = `${project}/${decodeURIComponent(encoded)}`;
  if (!artifacts) {
    return getRepository(call, project, repository);
  }
  return reference
    ? getArtifact(call, project, repository, reference)
    : listArtifacts(call, project, repository);
}
