import { describeBadInput } from '@slipway/provider-tests';
import {
  githubAccounts,
  seedManyRepositories,
  SimulatedGithub,
  VendorClock,
} from '@slipway/sandbox';
import { createGhcrProvider } from './createGhcrProvider';

const api = 'api.github.com';
const clock = new VendorClock();

/** With more packages than the API shows on a page. */
function createGithub(): SimulatedGithub {
  const github = SimulatedGithub.create({ clock });
  seedManyRepositories(github.registry, 'acme', 105);
  return github;
}

describeBadInput({
  title: 'GitHub Container Registry',
  provider: createGhcrProvider,
  vendor: createGithub,
  address: 'https://ghcr.io',
  credentials: githubAccounts.token,
  wrongCredentials: {
    username: 'octo',
    password: 'ghp_FAKEnobodyGaveThisOut00000000000',
  },
  weakCredentials: githubAccounts.weakToken,
  repository: 'acme/web',
  tag: 'latest',
  namespace: 'acme',
  unknownNamespace: 'nobody',
  requests: {
    check: { host: api, path: '/packages' },
    listNamespaces: { host: api, path: '^/user$' },
    listRepositories: { host: api, path: '/packages' },
    listTags: { host: api, path: '/versions' },
    resolve: { host: 'ghcr.io', path: '/manifests/' },
  },
  paged: {
    listRepositories: { host: api, path: '/packages' },
    listTags: { host: api, path: '/versions', repository: 'acme/nightly' },
  },
  expire: () => clock.advance(3_600_000),
  nativeErrors: [
    {
      name: 'the secondary limit, as 403',
      operation: 'listTags',
      effect: {
        kind: 'status',
        status: 403,
        headers: { 'Retry-After': '30' },
        body: { message: 'You have exceeded a secondary rate limit.' },
      },
      code: 'rate-limited',
    },
    {
      name: 'the primary limit, as 403',
      operation: 'listRepositories',
      effect: {
        kind: 'status',
        status: 403,
        headers: {
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset': '4102444800',
        },
        body: { message: 'API rate limit exceeded for user ID 1.' },
      },
      code: 'rate-limited',
    },
    {
      name: 'single sign-on that the token lacks',
      operation: 'listRepositories',
      effect: {
        kind: 'status',
        status: 403,
        headers: { 'X-GitHub-SSO': 'required; url=https://github.com/orgs/x' },
        body: { message: 'Resource protected by organization SAML.' },
      },
      code: 'forbidden',
    },
  ],
  words: { listNamespaces: /list/ },
});
