import { describeBadInput } from '@slipway/provider-tests';
import {
  quayAccounts,
  seedManyRepositories,
  SimulatedQuay,
  VendorClock,
} from '@slipway/sandbox';
import { createQuayProvider } from './createQuayProvider';

const { applicationToken, robot, weakToken } = quayAccounts;
const clock = new VendorClock();

/** With more repositories than Quay shows on a page. */
function createQuay(): SimulatedQuay {
  const quay = SimulatedQuay.create({ clock });
  seedManyRepositories(quay.registry, 'acme', 105);
  return quay;
}

describeBadInput({
  title: 'Quay',
  provider: createQuayProvider,
  vendor: createQuay,
  address: 'https://quay.io',
  credentials: { ...robot, applicationToken },
  wrongCredentials: {
    username: robot.username,
    password: 'not-the-password',
    applicationToken: 'not-a-token-of-an-application',
  },
  weakCredentials: { ...robot, applicationToken: weakToken },
  repository: 'acme/web',
  tag: 'latest',
  namespace: 'acme',
  unknownNamespace: 'nobody',
  requests: {
    check: { host: 'quay.io', path: '^/api/v1/repository\\?' },
    listNamespaces: { host: 'quay.io', path: '^/api/v1/user/' },
    listRepositories: { host: 'quay.io', path: '^/api/v1/repository\\?' },
    listTags: { host: 'quay.io', path: '/tag/' },
    resolve: { host: 'quay.io', path: '/manifests/' },
  },
  paged: {
    listRepositories: { host: 'quay.io', path: '^/api/v1/repository\\?' },
    listTags: {
      host: 'quay.io',
      path: '/tag/',
      repository: 'acme/nightly',
    },
  },
  expire: () => clock.advance(3_600_000),
  nativeErrors: [
    {
      name: 'too many requests, without a time to come back',
      operation: 'listTags',
      effect: { kind: 'status', status: 429 },
      code: 'rate-limited',
    },
    {
      name: 'a token that lacks a scope',
      operation: 'listRepositories',
      effect: {
        kind: 'status',
        status: 403,
        body: {
          error_type: 'insufficient_scope',
          error_message: 'Unauthorized',
        },
      },
      code: 'forbidden',
    },
    {
      name: 'a request without what it needs',
      operation: 'listRepositories',
      effect: {
        kind: 'status',
        status: 400,
        body: { error_message: 'namespace is required', status: 400 },
      },
      code: 'invalid-response',
      message: /namespace|400/,
    },
  ],
  words: { listNamespaces: /organizations/ },
});
