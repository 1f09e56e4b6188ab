import { describeBadInput } from '@slipway/provider-tests';
import {
  nexusAccounts,
  seedManyRepositories,
  SimulatedNexus,
} from '@slipway/sandbox';
import { createNexusProvider } from './createNexusProvider';

const host = 'nexus.example.com';
const { portal, weak } = nexusAccounts;
const wrongCredentials = {
  username: portal.username,
  password: 'not-the-password',
};

/** With more images than are asked for at once. */
function createNexus(): SimulatedNexus {
  const nexus = SimulatedNexus.create();
  seedManyRepositories(nexus.registry, 'acme', 1_005);
  return nexus;
}

describeBadInput({
  title: 'Sonatype Nexus',
  provider: createNexusProvider,
  vendor: createNexus,
  address: `https://${host}`,
  credentials: { username: portal.username, password: portal.password },
  wrongCredentials,
  weakCredentials: { username: weak.username, password: weak.password },
  connection: { options: { routing: 'path' } },
  repository: 'docker-hosted/acme/web',
  tag: 'latest',
  namespace: 'docker-hosted',
  unknownNamespace: 'nobody',
  requests: {
    check: { host, path: '^/service/rest/v1/repositories' },
    listNamespaces: { host, path: '^/service/rest/v1/repositories' },
    listRepositories: { host, path: '/_catalog' },
    // What may not be searched is still listed by Docker's protocol.
    listTags: { host, path: '/tags/list|/service/rest/v1/search' },
    resolve: { host, path: '/manifests/' },
  },
  paged: {
    listRepositories: { host, path: '/_catalog' },
    listTags: {
      host,
      path: '^/service/rest/v1/search',
      repository: 'docker-hosted/acme/nightly',
    },
  },
  except: {
    'expired token': 'Basic goes with every request; nothing is handed out',
  },
  nativeErrors: [
    {
      name: 'a failed index',
      operation: 'listTags',
      effect: { kind: 'status', status: 500, body: 'Elasticsearch is down' },
      code: 'server-error',
    },
  ],
});
