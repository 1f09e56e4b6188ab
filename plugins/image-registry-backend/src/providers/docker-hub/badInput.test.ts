import { describeBadInput } from '@slipway/provider-tests';
import {
  dockerHubAccounts,
  SimulatedDockerHub,
  VendorClock,
} from '@slipway/sandbox';
import { createDockerHubProvider } from './createDockerHubProvider';

const host = 'hub.docker.com';
const { personal, weakOrganization } = dockerHubAccounts;
const clock = new VendorClock();

describeBadInput({
  title: 'Docker Hub',
  provider: createDockerHubProvider,
  vendor: () => SimulatedDockerHub.create({ clock }),
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
    check: { host, path: '/repositories\\?' },
    listNamespaces: { host, path: '/namespaces$' },
    listRepositories: { host, path: '/repositories\\?' },
    listTags: { host, path: '/tags\\?' },
    resolve: { host: 'registry-1.docker.io', path: '/manifests/' },
  },
  paged: { listTags: { host, path: '/tags\\?', repository: 'acme/nightly' } },
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
