import { describeBadInput } from '@slipway/provider-tests';
import {
  seedManyRepositories,
  SimulatedTencentTcr,
  tencentAccounts,
  tencentHosts,
  VendorClock,
} from '@slipway/sandbox';
import { createTencentProvider } from './createTencentProvider';
import { TITLE } from './title';

const { docker, key, weakKey } = tencentAccounts;
const host = 'tcr.tencentcloudapi.com';

const action = (name: string) => ({
  host,
  header: `x-tc-action: ${name}$`,
});

/** With more repositories than an answer holds. */
function createTencent(
  clock: VendorClock,
  edition: 'enterprise' | 'personal',
): SimulatedTencentTcr {
  const tencent = SimulatedTencentTcr.create({ clock });
  seedManyRepositories(tencent[edition], 'acme', 105);
  return tencent;
}

/** Failures come with status 200. */
const failure = (Code: string) => ({
  kind: 'status' as const,
  status: 200,
  body: { Response: { Error: { Code, Message: 'Refused.' }, RequestId: '1' } },
});

function describeEdition(
  edition: 'enterprise' | 'personal',
  actions: Record<'namespaces' | 'repositories' | 'check' | 'tags', string>,
  login: { username?: string; password?: string },
): void {
  const address = `https://${tencentHosts[edition]}`;
  const clock = new VendorClock();
  const repositories = action(actions.repositories);
  describeBadInput({
    title: TITLE,
    provider: createTencentProvider,
    vendor: () => createTencent(clock, edition),
    address,
    credentials: {
      secretId: key.secretId,
      secretKey: key.secretKey,
      ...login,
    },
    wrongCredentials: {
      secretId: key.secretId,
      secretKey: 'SomethingElseEntirely',
      ...(login.username && { ...login, password: 'wrong-password' }),
    },
    weakCredentials: {
      secretId: weakKey.secretId,
      secretKey: weakKey.secretKey,
      ...login,
    },
    repository: 'acme/web',
    tag: 'latest',
    namespace: 'acme',
    unknownNamespace: 'nobody',
    requests: {
      check: action(actions.check),
      listNamespaces: action(actions.namespaces),
      listRepositories: repositories,
      listTags: action(actions.tags),
      resolve: { host: new URL(address).hostname, path: '/manifests/' },
    },
    paged: {
      listRepositories: repositories,
      listTags: { ...action(actions.tags), repository: 'acme/nightly' },
    },
    // The bearer tokens of the registry; logins are renewed before their end.
    expire: () => clock.advance(10 * 60_000),
    nativeErrors: [
      {
        name: 'a key that does not exist',
        operation: 'listRepositories',
        effect: failure('AuthFailure.SecretIdNotFound'),
        code: 'unauthenticated',
        message: /API key/,
      },
      {
        name: 'a clock that is off',
        operation: 'listTags',
        effect: failure('AuthFailure.SignatureExpire'),
        code: 'unauthenticated',
        message: /clock of this machine/,
      },
      {
        name: 'a missing right',
        operation: 'listTags',
        effect: failure('AuthFailure.UnauthorizedOperation'),
        code: 'forbidden',
        message: new RegExp(`tcr:${actions.tags}`),
      },
      {
        name: 'too many calls',
        operation: 'listNamespaces',
        effect: failure('RequestLimitExceeded'),
        code: 'rate-limited',
      },
      {
        name: 'something broken inside',
        operation: 'listRepositories',
        effect: failure('InternalError.DbError'),
        code: 'server-error',
      },
      {
        name: 'an answer of another form',
        operation: 'listTags',
        effect: { kind: 'status', status: 200, body: { Data: [] } },
        code: 'invalid-response',
      },
    ],
    words: { listNamespaces: /namespaces/ },
  });
}

describe('Enterprise Edition', () => {
  describeEdition(
    'enterprise',
    {
      check: 'DescribeRepositories',
      namespaces: 'DescribeNamespaces',
      repositories: 'DescribeRepositories',
      tags: 'DescribeImages',
    },
    {},
  );
});

describe('Personal Edition', () => {
  describeEdition(
    'personal',
    {
      check: 'DescribeRepositoryOwnerPersonal',
      namespaces: 'DescribeNamespacePersonal',
      repositories: 'DescribeRepositoryFilterPersonal',
      tags: 'DescribeImagePersonal',
    },
    { ...docker },
  );
});
