import { describeBadInput } from '@slipway/provider-tests';
import {
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

/** Failures come with status 200. */
const failure = (Code: string) => ({
  kind: 'status' as const,
  status: 200,
  body: { Response: { Error: { Code, Message: 'Refused.' }, RequestId: '1' } },
});

function describeEdition(
  address: string,
  actions: Record<'namespaces' | 'repositories' | 'check' | 'tags', string>,
  login: { username?: string; password?: string },
): void {
  const clock = new VendorClock();
  describeBadInput({
    title: TITLE,
    provider: createTencentProvider,
    vendor: () => SimulatedTencentTcr.create({ clock }),
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
      listRepositories: action(actions.repositories),
      listTags: action(actions.tags),
      resolve: { host: new URL(address).hostname, path: '/manifests/' },
    },
    paged: {
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
    `https://${tencentHosts.enterprise}`,
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
    `https://${tencentHosts.personal}`,
    {
      check: 'DescribeRepositoryOwnerPersonal',
      namespaces: 'DescribeNamespacePersonal',
      repositories: 'DescribeRepositoryFilterPersonal',
      tags: 'DescribeImagePersonal',
    },
    { ...docker },
  );
});
