import { describeBadInput } from '@slipway/provider-tests';
import {
  ecrAccounts,
  ecrPlace,
  SimulatedEcr,
  VendorClock,
  VendorFaultInput,
} from '@slipway/sandbox';
import { createEcrProvider } from './createEcrProvider';

const { portal, weak } = ecrAccounts;
const clock = new VendorClock();

const calling = (operation: string) => ({
  host: ecrPlace.apiHost,
  header: `x-amz-target: .*\\.${operation}`,
});

function exception(
  type: string,
  message: string,
  status = 400,
): VendorFaultInput['effect'] {
  return { kind: 'status', status, body: { __type: type, message } };
}

describeBadInput({
  title: 'Amazon ECR',
  provider: createEcrProvider,
  vendor: () => SimulatedEcr.create({ clock }),
  address: `https://${ecrPlace.host}`,
  credentials: portal,
  wrongCredentials: { ...portal, secretAccessKey: weak.secretAccessKey },
  weakCredentials: weak,
  repository: 'shop/web',
  tag: 'latest',
  unknownNamespace: 'nobody',
  requests: {
    check: calling('DescribeRepositories'),
    listNamespaces: calling('DescribeRepositories'),
    listRepositories: calling('DescribeRepositories'),
    listTags: calling('DescribeImages'),
    resolve: { host: ecrPlace.host, path: '/manifests/' },
  },
  paged: {
    listTags: { ...calling('DescribeImages'), repository: 'shop/nightly' },
  },
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
});
