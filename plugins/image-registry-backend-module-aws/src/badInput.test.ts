import { BadInputSpec, describeBadInput } from '@slipway/provider-tests';
import {
  ecrAccounts,
  ecrPlace,
  seedManyRepositories,
  SimulatedEcr,
  VendorClock,
  VendorFaultInput,
} from '@slipway/sandbox';
import { createEcrProvider } from './createEcrProvider';

const { portal, weak } = ecrAccounts;
const clock = new VendorClock();

const calling = (operation: string, host: string = ecrPlace.apiHost) => ({
  host,
  header: `x-amz-target: .*\\.${operation}`,
});

function exception(
  type: string,
  message: string,
  status = 400,
): VendorFaultInput['effect'] {
  return { kind: 'status', status, body: { __type: type, message } };
}

/** With more repositories than an answer holds. */
function createEcr(): SimulatedEcr {
  const ecr = SimulatedEcr.create({ clock });
  seedManyRepositories(ecr.registry, 'shop', 105);
  seedManyRepositories(ecr.publicRegistry, ecrPlace.alias, 105);
  return ecr;
}

/** What the private registry and the public one have in common. */
const common: Omit<
  BadInputSpec,
  'address' | 'paged' | 'repository' | 'requests'
> = {
  title: 'Amazon ECR',
  provider: createEcrProvider,
  vendor: createEcr,
  credentials: portal,
  wrongCredentials: { ...portal, secretAccessKey: weak.secretAccessKey },
  weakCredentials: weak,
  tag: 'latest',
  unknownNamespace: 'nobody',
  expire: () => clock.advance(13 * 3_600_000),
  nativeErrors: [
    {
      name: 'ThrottlingException',
      operation: 'listTags',
      effect: exception('ThrottlingException', 'Rate exceeded'),
      code: 'rate-limited',
      message: /throttles/,
    },
    {
      name: 'RepositoryNotFoundException',
      operation: 'listTags',
      effect: exception(
        'com.amazonaws.ecr#RepositoryNotFoundException',
        'The repository does not exist',
      ),
      code: 'not-found',
      message: /no such repository/,
    },
    {
      name: 'ExpiredTokenException',
      operation: 'listRepositories',
      effect: exception(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      ),
      code: 'unauthenticated',
      message: /session token has expired/,
    },
    {
      name: 'ServerException',
      operation: 'listRepositories',
      effect: exception('ServerException', 'Internal', 500),
      code: 'server-error',
    },
    {
      name: 'an exception that nobody knows',
      operation: 'listRepositories',
      effect: exception('BrandNewException', 'something'),
      code: 'invalid-response',
      message: /BrandNewException/,
    },
  ],
  except: {
    'unknown namespace':
      'namespaces of ECR are parts of names; one without repositories is empty',
  },
};

describe('a private registry', () => {
  const repositories = calling('DescribeRepositories');
  const images = calling('DescribeImages');
  describeBadInput({
    ...common,
    address: `https://${ecrPlace.host}`,
    repository: 'shop/web',
    requests: {
      check: repositories,
      listNamespaces: repositories,
      listRepositories: repositories,
      listTags: images,
      resolve: { host: ecrPlace.host, path: '/manifests/' },
    },
    paged: {
      listRepositories: repositories,
      listTags: { ...images, repository: 'shop/nightly' },
    },
  });
});

describe('ECR Public', () => {
  const { publicApiHost } = ecrPlace;
  const repositories = calling('DescribeRepositories', publicApiHost);
  const tags = calling('DescribeImageTags', publicApiHost);
  describeBadInput({
    ...common,
    address: 'https://public.ecr.aws',
    repository: 'acme/web',
    requests: {
      check: repositories,
      listRepositories: repositories,
      listTags: tags,
      resolve: { host: 'public.ecr.aws', path: '/manifests/' },
    },
    paged: {
      listRepositories: repositories,
      listTags: { ...tags, repository: 'acme/nightly' },
    },
  });
});
