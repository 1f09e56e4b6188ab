import { describeBadInput } from '@slipway/provider-tests';
import { gitlabAccounts, SimulatedGitlab, VendorClock } from '@slipway/sandbox';
import { createGitlabProvider } from './createGitlabProvider';

const host = 'gitlab.com';
const clock = new VendorClock();
const { token, weakToken } = gitlabAccounts;

/** With more repositories than the API shows on a page. */
function createGitlab(): SimulatedGitlab {
  const gitlab = SimulatedGitlab.create({ clock });
  for (let number = 1; number <= 105; number += 1) {
    gitlab.registry.add({
      repository: `acme/team/tool/job-${number}`,
      tags: ['latest'],
    });
  }
  return gitlab;
}

describeBadInput({
  title: 'GitLab',
  provider: createGitlabProvider,
  vendor: createGitlab,
  address: 'https://registry.gitlab.com',
  credentials: token,
  wrongCredentials: { username: 'octo', password: 'glpat-FAKEnobodyGaveThis' },
  weakCredentials: weakToken,
  repository: 'acme/shop/web',
  tag: 'latest',
  namespace: 'acme',
  unknownNamespace: 'nobody',
  requests: {
    check: { host, path: '^/api/v4/groups' },
    listNamespaces: { host, path: '^/api/v4/groups' },
    listRepositories: { host, path: '/registry/repositories' },
    listTags: { host, path: '^/api/' },
    resolve: { host: 'registry.gitlab.com', path: '/manifests/' },
  },
  paged: {
    listRepositories: { host, path: '/registry/repositories' },
    listTags: {
      host,
      path: '^/api/graphql',
      repository: 'acme/shop/nightly',
    },
  },
  expire: () => clock.advance(3_600_000),
  nativeErrors: [
    {
      name: 'a scope that the token lacks',
      operation: 'listTags',
      effect: {
        kind: 'status',
        status: 403,
        body: {
          error: 'insufficient_scope',
          error_description: 'The request requires higher privileges.',
          scope: 'api read_api',
        },
      },
      code: 'forbidden',
      message: /higher privileges/,
    },
    {
      name: 'a limit in plain text',
      operation: 'listRepositories',
      effect: {
        kind: 'status',
        status: 429,
        body: 'Retry later',
        retryAfter: 30,
      },
      code: 'rate-limited',
    },
  ],
  words: { listNamespaces: /groups/ },
});
