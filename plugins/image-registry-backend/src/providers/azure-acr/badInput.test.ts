import { describeBadInput } from '@slipway/provider-tests';
import {
  azureAcrAccounts,
  seedManyRepositories,
  SimulatedAzureAcr,
  VendorClock,
} from '@slipway/sandbox';
import { createAzureAcrProvider } from './createAzureAcrProvider';

const clock = new VendorClock();
const host = 'acme.azurecr.io';
const catalog = { host, path: '^/acr/v1/_catalog' };
const { admin, token, weak } = azureAcrAccounts;

/** With more repositories than the registry gives on a page. */
function createAzureAcr(): SimulatedAzureAcr {
  const azure = SimulatedAzureAcr.create({ clock });
  seedManyRepositories(azure.registry, 'acme', 105);
  return azure;
}

describeBadInput({
  title: 'Azure Container Registry',
  provider: createAzureAcrProvider,
  vendor: createAzureAcr,
  address: `https://${host}`,
  credentials: { username: token.username, password: token.password },
  wrongCredentials: { username: admin.username, password: 'not-the-password' },
  weakCredentials: { username: weak.username, password: weak.password },
  connection: { options: { signIn: 'admin' } },
  repository: 'acme/web',
  tag: 'latest',
  namespace: 'acme',
  unknownNamespace: 'nobody',
  requests: {
    check: catalog,
    listRepositories: catalog,
    listTags: { host, path: '/_tags' },
    resolve: { host, path: '/manifests/' },
  },
  paged: {
    listRepositories: catalog,
    listTags: { host, path: '/_tags', repository: 'acme/nightly' },
  },
  expire: () => clock.advance(2 * 3_600_000),
  except: {
    'unknown namespace':
      'a namespace is a beginning of names, of which the registry has no list',
  },
  nativeErrors: [
    {
      name: 'a repository that does not exist',
      operation: 'listTags',
      effect: {
        kind: 'status',
        status: 404,
        body: {
          errors: [
            {
              code: 'NAME_UNKNOWN',
              message: 'repository "acme/web" is not found',
              detail: { name: 'acme/web' },
            },
          ],
        },
      },
      code: 'not-found',
      message: /NAME_UNKNOWN/,
    },
  ],
});
