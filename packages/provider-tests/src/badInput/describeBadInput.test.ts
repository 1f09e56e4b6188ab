import {
  createOciRegistryClient,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { quayAccounts, SimulatedQuay, VendorClock } from '@slipway/sandbox';
import { describeBadInput } from './describeBadInput';

/** Knows the protocol, and nothing of Quay's own API. */
const provider: RegistryProvider = {
  descriptor: {
    id: 'protocol',
    title: 'Quay',
    form: {
      addressPlaceholder: 'https://quay.io',
      anonymous: true,
      fields: [
        {
          name: 'password',
          in: 'credentials',
          type: 'secret',
          label: 'Password',
          required: true,
        },
      ],
    },
    hosts: ['quay.io'],
    capabilities: {
      catalog: true,
      pushTime: false,
      size: false,
      search: false,
    },
  },
  connect: connection => createOciRegistryClient(connection, { title: 'Quay' }),
};

const clock = new VendorClock();

describeBadInput({
  title: 'Quay',
  provider: () => provider,
  vendor: () => SimulatedQuay.create({ clock }),
  address: 'https://quay.io',
  credentials: quayAccounts.robot,
  wrongCredentials: { ...quayAccounts.robot, password: 'of-somebody-else' },
  namespace: 'acme',
  unknownNamespace: 'nobody',
  repository: 'acme/web',
  tag: 'latest',
  requests: {
    check: { host: 'quay.io', path: '^/v2/auth' },
    listRepositories: { host: 'quay.io', path: '^/v2/_catalog' },
    listTags: { host: 'quay.io', path: '/tags/list' },
    resolve: { host: 'quay.io', path: '/manifests/' },
  },
  paged: {
    listTags: {
      host: 'quay.io',
      path: '/tags/list',
      repository: 'acme/nightly',
    },
  },
  expire: () => clock.advance(3_600_000),
  except: {
    'missing right': 'the catalog leaves out what an account may not read',
    'unknown namespace': 'the catalog of the protocol knows no namespaces',
  },
});
