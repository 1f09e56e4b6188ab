import { describeBadInput } from '@slipway/provider-tests';
import {
  jfrogAccounts,
  seedManyRepositories,
  SimulatedJFrog,
  VendorClock,
} from '@slipway/sandbox';
import { createJFrogProvider } from './createJFrogProvider';

const clock = new VendorClock();
const host = 'acme.jfrog.io';
const { portal, weak } = jfrogAccounts;

/** With more images than are asked for at once. */
function createJFrog(): SimulatedJFrog {
  const jfrog = SimulatedJFrog.create({ clock });
  seedManyRepositories(jfrog.registry, 'acme', 1_005);
  return jfrog;
}

describeBadInput({
  title: 'JFrog Artifactory',
  provider: () => createJFrogProvider({ aqlRows: 40 }),
  vendor: createJFrog,
  address: `https://${host}`,
  credentials: { username: portal.username, password: portal.password },
  wrongCredentials: { username: portal.username, password: 'not-the-password' },
  weakCredentials: { username: weak.username, password: weak.password },
  repository: 'docker-local/acme/web',
  tag: 'latest',
  namespace: 'docker-local',
  unknownNamespace: 'nobody',
  requests: {
    check: { host, path: '^/artifactory/api/repositories' },
    listNamespaces: { host, path: '^/artifactory/api/repositories' },
    listRepositories: { host, path: '/_catalog' },
    // Whatever of its own Artifactory refuses, Docker's list is left.
    listTags: { host, path: '/api/search/aql|/api/storage/|/tags/list' },
    resolve: { host, path: '/manifests/' },
  },
  paged: {
    listRepositories: { host, path: '/_catalog' },
    listTags: {
      host,
      path: '/api/search/aql',
      repository: 'docker-local/acme/nightly',
    },
  },
  expire: () => clock.advance(2 * 3_600_000),
  nativeErrors: [
    {
      name: 'a list of errors without codes',
      operation: 'listRepositories',
      effect: {
        kind: 'status',
        status: 503,
        body: { errors: [{ status: 503, message: 'Artifactory is starting' }] },
      },
      code: 'server-error',
      message: /Artifactory is starting/,
    },
    {
      name: 'a query that is too large',
      operation: 'listTags',
      effect: { kind: 'status', status: 500, body: 'AQL minimal field' },
      code: 'server-error',
    },
  ],
});
