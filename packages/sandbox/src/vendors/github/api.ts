import { ContentStore } from '../../registry/content/ContentStore';
import { jsonAnswer, VendorAnswer, withHeader } from '../VendorAnswer';
import { bearerTokenOf, VendorRequest } from '../VendorRequest';
import { callerOf, GithubCaller } from './accounts';
import { refusal } from './answers';
import { GithubHooks } from './hooks';
import { answerPackages } from './packages';

/** What the API is made of. */
export interface GithubState {
  content: ContentStore;
  hooks: GithubHooks;
}

const LIMIT_OF_AN_HOUR = 5_000;

const owners: Readonly<Record<string, { login: string; type: string }>> = {
  acme: { login: 'acme', type: 'Organization' },
  octo: { login: 'octo', type: 'User' },
};

/** Answers a call of the REST API; `path` is still encoded, below its base. */
export function answerGithubApi(
  state: GithubState,
  path: string,
  request: VendorRequest,
): VendorAnswer {
  const token = bearerTokenOf(request);
  const caller = token === undefined ? undefined : callerOf(token);
  if (token !== undefined && !caller) {
    return refusal(401, 'Bad credentials');
  }
  const answer = answerCaller(state, caller, path, request);
  const resetsAt = Math.ceil(Date.now() / 1000) + 3_600;
  const headers: [string, string][] = [
    ['X-RateLimit-Limit', String(LIMIT_OF_AN_HOUR)],
    ['X-RateLimit-Remaining', String(LIMIT_OF_AN_HOUR - 1)],
    ['X-RateLimit-Reset', String(resetsAt)],
    ...(caller?.scopes
      ? [['X-OAuth-Scopes', caller.scopes.join(', ')] as [string, string]]
      : []),
  ];
  return headers.reduce(
    (each, [name, value]) => withHeader(each, name, value),
    answer,
  );
}

function answerCaller(
  { content, hooks }: GithubState,
  caller: GithubCaller | undefined,
  path: string,
  request: VendorRequest,
): VendorAnswer {
  if (path === '/user' || path === '/user/orgs') {
    return answerUser(caller, path);
  }
  const [, place, id] =
    /^(\/orgs\/[^/]+|\/repos\/[^/]+\/[^/]+)\/hooks(?:\/(\d+))?$/.exec(path) ??
    [];
  if (place) {
    const scope = place.startsWith('/orgs') ? 'org_hook' : 'repo_hook';
    return caller?.scopes?.includes(`admin:${scope}`)
      ? hooks.answer(place, id, request)
      : refusal(404, 'Not Found');
  }
  const [, name] = /^\/users\/([^/]+)$/.exec(path) ?? [];
  if (name) {
    const owner = ownerOf(name);
    return owner ? jsonAnswer(owner) : refusal(404, 'Not Found');
  }
  const [, kind, owner, rest] =
    /^\/(orgs|users)\/([^/]+)(\/packages.*)$/.exec(path) ?? [];
  return kind
    ? answerOwner(content, caller, { kind, owner, rest }, request)
    : refusal(404, 'Not Found');
}

function answerUser(
  caller: GithubCaller | undefined,
  path: string,
): VendorAnswer {
  if (!caller) {
    return refusal(401, 'Requires authentication');
  }
  if (!caller.login) {
    return refusal(403, 'Resource not accessible by integration');
  }
  return jsonAnswer(path === '/user' ? ownerOf(caller.login) : [owners.acme]);
}

/** An owner is in one of two places, and 404 in the other. */
function answerOwner(
  content: ContentStore,
  caller: GithubCaller | undefined,
  { kind, owner, rest }: { kind: string; owner: string; rest: string },
  request: VendorRequest,
): VendorAnswer {
  const found = ownerOf(owner);
  const place = found?.type === 'Organization' ? 'orgs' : 'users';
  if (!caller) {
    return refusal(401, 'Requires authentication');
  }
  if (!found || place !== kind) {
    return refusal(404, 'Not Found');
  }
  if (caller.kind === 'fine-grained') {
    return refusal(403, 'Resource not accessible by personal access token');
  }
  if (caller.scopes && !caller.scopes.includes('read:packages')) {
    return refusal(
      403,
      'You need at least read:packages scope to list packages.',
    );
  }
  return answerPackages(content, found.login, rest, request);
}

/** Logins are the same in any case of letters. */
function ownerOf(name: string) {
  return owners[decodeURIComponent(name).toLowerCase()];
}
