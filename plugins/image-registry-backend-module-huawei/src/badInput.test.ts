import { describeBadInput } from '@slipway/provider-tests';
import {
  huaweiAccounts,
  huaweiHosts,
  seedManyRepositories,
  SimulatedHuaweiSwr,
  VendorClock,
} from '@slipway/sandbox';
import { createHuaweiProvider } from './createHuaweiProvider';
import { TITLE } from './title';

const { keys, weakKeys } = huaweiAccounts;
const host = 'swr-api.cn-north-4.myhuaweicloud.com';

const refusal = (
  status: number,
  error_code: string,
  error_msg = 'Refused.',
) => ({
  kind: 'status' as const,
  status,
  body: { error_code, error_msg, request_id: '1' },
});

/** With more repositories than an answer holds. */
function createHuawei(
  clock: VendorClock,
  edition: 'basic' | 'enterprise',
): SimulatedHuaweiSwr {
  const huawei = SimulatedHuaweiSwr.create({ clock });
  seedManyRepositories(huawei[edition], 'acme', 105);
  return huawei;
}

function describeEdition(
  edition: 'basic' | 'enterprise',
  paths: Record<'namespaces' | 'repositories' | 'check' | 'tags', string>,
  right: string,
): void {
  const address = `https://${huaweiHosts[edition]}`;
  const clock = new VendorClock();
  const repositories = { host, path: paths.repositories };
  describeBadInput({
    title: TITLE,
    provider: createHuaweiProvider,
    vendor: () => createHuawei(clock, edition),
    address,
    connection: { options: { region: 'cn-north-4' } },
    credentials: { accessKey: keys.accessKey, secretKey: keys.secretKey },
    wrongCredentials: {
      accessKey: keys.accessKey,
      secretKey: 'SomethingElseEntirely',
    },
    weakCredentials: {
      accessKey: weakKeys.accessKey,
      secretKey: weakKeys.secretKey,
    },
    repository: 'acme/web',
    tag: 'latest',
    namespace: 'acme',
    unknownNamespace: 'nobody',
    requests: {
      check: { host, path: paths.check },
      listNamespaces: { host, path: paths.namespaces },
      listRepositories: repositories,
      listTags: { host, path: paths.tags },
      resolve: { host: new URL(address).hostname, path: '/manifests/' },
    },
    paged: {
      listRepositories: repositories,
      listTags: { host, path: paths.tags, repository: 'acme/nightly' },
    },
    // The bearer tokens of the registry; logins are renewed before their end.
    expire: () => clock.advance(20 * 60_000),
    nativeErrors: [
      {
        name: 'a key that does not exist',
        operation: 'listRepositories',
        effect: refusal(
          401,
          'APIGW.0301',
          'Get secretKey failed, ak not exist',
        ),
        code: 'unauthenticated',
        message: /access key/,
      },
      {
        name: 'a clock that is off',
        operation: 'listTags',
        effect: refusal(401, 'APIGW.0301', 'signature expired'),
        code: 'unauthenticated',
        message: /clock of this machine/,
      },
      {
        name: 'a missing right',
        operation: 'listTags',
        effect: refusal(403, 'APIGW.0302'),
        code: 'forbidden',
        message: new RegExp(right),
      },
      {
        name: 'too many calls',
        operation: 'listNamespaces',
        effect: refusal(429, 'APIGW.0308'),
        code: 'rate-limited',
      },
      {
        name: 'a refusal in the words of SWR',
        operation: 'listRepositories',
        effect: {
          kind: 'status',
          status: 400,
          body: {
            errors: [
              { errorCode: 'SVCSTG.SWR.4000070', errorMessage: 'Bad limit' },
            ],
          },
        },
        code: 'invalid-response',
        message: /SVCSTG\.SWR\.4000070 \(Bad limit\)/,
      },
    ],
    words: { listNamespaces: /organizations/ },
  });
}

describe('basic edition', () => {
  describeEdition(
    'basic',
    {
      check: '^/v2/manage/repos',
      namespaces: '^/v2/manage/namespaces$',
      repositories: '^/v2/manage/repos',
      tags: '/tags',
    },
    'swr:repo:listRepoTags',
  );
});

describe('Enterprise Edition', () => {
  describeEdition(
    'enterprise',
    {
      check: '/repositories\\?',
      namespaces: '/namespaces\\?',
      repositories: '/repositories\\?',
      tags: '/artifacts',
    },
    'swr:repository:listArtifacts',
  );
});
