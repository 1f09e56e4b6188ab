import { BadInputSpec, describeBadInput } from '@slipway/provider-tests';
import {
  giteaAccount,
  seedManyRepositories,
  SimulatedGitea,
  SimulatedZot,
  VendorClock,
  VendorRegistry,
  zotAccount,
} from '@slipway/sandbox';
import { createDistributionProvider } from './createDistributionProvider';

const clock = new VendorClock();

/** More than are asked for at once. */
const MANY = 1_005;

/** With more repositories, and more tags, than come on a page. */
function withManyPages<T extends { registry: VendorRegistry }>(vendor: T): T {
  seedManyRepositories(vendor.registry, 'acme', MANY);
  vendor.registry.add({
    repository: 'acme/builds',
    tags: Array.from({ length: MANY }, (_, index) => `build-${index}`),
  });
  return vendor;
}

/** What all registries have in common that only speak the protocol. */
function specOf(
  host: string,
): Omit<BadInputSpec, 'credentials' | 'vendor' | 'wrongCredentials'> {
  return {
    title: 'Docker Registry',
    provider: createDistributionProvider,
    address: `https://${host}`,
    repository: 'acme/web',
    tag: 'latest',
    unknownNamespace: 'nobody',
    requests: {
      check: { host, path: '/_catalog' },
      listRepositories: { host, path: '/_catalog' },
      listTags: { host, path: '/tags/list' },
      resolve: { host, path: '/manifests/' },
    },
    paged: {
      listRepositories: { host, path: '/_catalog' },
      listTags: { host, path: '/tags/list', repository: 'acme/builds' },
    },
  };
}

const filtered = 'the catalog leaves out what an account may not read';
const noNamespaces = 'a catalog has none: nothing in it has that name';

describe('zot, by Basic', () => {
  describeBadInput({
    ...specOf('zot.example.com'),
    vendor: () => withManyPages(SimulatedZot.create({ clock })),
    credentials: zotAccount,
    wrongCredentials: { ...zotAccount, password: 'wrong-password' },
    // Whoever has a catalog is not broken for who may not read it.
    requests: {
      ...specOf('zot.example.com').requests,
      check: { host: 'zot.example.com', path: '/tags/list' },
    },
    except: {
      'expired token': 'Basic goes with every request; nothing is handed out',
      'missing right': filtered,
      'unknown namespace': noNamespaces,
      'realm to another host': 'Basic has no realm to fetch tokens from',
    },
  });
});

describe('Gitea, by tokens without scopes', () => {
  describeBadInput({
    ...specOf('gitea.example.com'),
    vendor: () => withManyPages(SimulatedGitea.create({ clock })),
    credentials: giteaAccount,
    wrongCredentials: { ...giteaAccount, password: 'wrong-access-token' },
    expire: () => clock.advance(25 * 60 * 60 * 1000),
    requests: {
      ...specOf('gitea.example.com').requests,
      check: { host: 'gitea.example.com', path: '^/v2/token' },
    },
    except: {
      'missing right': filtered,
      'unknown namespace': noNamespaces,
      'realm to another host':
        'Basic is offered as well, and goes to the registry itself',
    },
  });
});
