import { describeBadInput } from '@slipway/provider-tests';
import {
  dockerHubAccounts,
  seedManyRepositories,
  SimulatedDockerHub,
  VendorClock,
} from '@slipway/sandbox';
import { createDockerHubProvider } from './createDockerHubProvider';

const host = 'hub.docker.com';
const { personal, weakOrganization } = dockerHubAccounts;
const clock = new VendorClock();
const repositories = { host, path: '/repositories\\?' };

/** With more repositories than the API gives on a page. */
function createDockerHub(): SimulatedDockerHub {
  const hub = SimulatedDockerHub.create({ clock });
  seedManyRepositories(hub.registry, 'acme', 105);
  return hub;
}

describeBadInput({
  title: 'Docker Hub',
  provider: createDockerHubProvider,
  vendor: createDockerHub,
  address: 'https://registry-1.docker.io',
  credentials: { username: personal.username, password: personal.secret },
  wrongCredentials: { username: personal.username, password: 'wrong-token' },
  weakCredentials: {
    username: weakOrganization.username,
    password: weakOrganization.secret,
  },
  repository: 'acme/web',
  tag: 'latest',
  namespace: 'acme',
  unknownNamespace: 'nobody',
  requests: {
    check: repositories,
    listNamespaces: { host, path: '/namespaces$' },
    listRepositories: repositories,
    listTags: { host, path: '/tags\\?' },
    resolve: { host: 'registry-1.docker.io', path: '/manifests/' },
  },
  paged: {
    listRepositories: repositories,
    listTags: { host, path: '/tags\\?', repository: 'acme/nightly' },
  },
  expire: () => clock.advance(3_600_000),
  nativeErrors: [
    {
      name: 'a token without the scope',
      operation: 'listTags',
      effect: {
        kind: 'status',
        status: 403,
        body: JSON.stringify({
          message: 'access to the resource is forbidden',
          errinfo: {},
        }),
      },
      code: 'forbidden',
      message: /access to the resource is forbidden/,
    },
    {
      name: 'no pulls left',
      operation: 'resolve',
      effect: {
        kind: 'status',
        status: 429,
        body: JSON.stringify({
          errors: [{ code: 'TOOMANYREQUESTS', message: 'pull rate limit' }],
        }),
      },
      code: 'rate-limited',
    },
  ],
  // Of an account, not of somebody.
  words: { listNamespaces: /namespaces of the account/ },
});
