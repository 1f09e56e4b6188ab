import { describeBadInput } from '@slipway/provider-tests';
import {
  alibabaAccounts,
  alibabaHosts,
  seedManyRepositories,
  SimulatedAlibabaAcr,
  VendorClock,
} from '@slipway/sandbox';
import { createAlibabaProvider } from './createAlibabaProvider';
import { TITLE } from './title';

const { keys, weakKeys } = alibabaAccounts;
const host = 'cr.cn-hangzhou.aliyuncs.com';

function credentials({
  accessKeyId,
  accessKeySecret,
}: {
  accessKeyId: string;
  accessKeySecret: string;
}) {
  return { accessKeyId, accessKeySecret };
}

/** With more repositories than an answer holds. */
function createAlibaba(
  clock: VendorClock,
  edition: 'enterprise' | 'personal',
): SimulatedAlibabaAcr {
  const alibaba = SimulatedAlibabaAcr.create({ clock });
  seedManyRepositories(alibaba[edition].registry, 'acme', 105);
  return alibaba;
}

function describeEdition(
  edition: 'enterprise' | 'personal',
  requests: {
    namespaces: object;
    repositories: object;
    tags: object;
    check: object;
  },
  refusal: (code: string) => object,
): void {
  const address = `https://${alibabaHosts[edition]}`;
  const clock = new VendorClock();
  const repositories = { host, ...requests.repositories };
  describeBadInput({
    title: TITLE,
    provider: createAlibabaProvider,
    vendor: () => createAlibaba(clock, edition),
    address,
    credentials: credentials(keys),
    wrongCredentials: {
      accessKeyId: keys.accessKeyId,
      accessKeySecret: 'SomethingElseEntirely',
    },
    weakCredentials: credentials(weakKeys),
    repository: 'acme/web',
    tag: 'latest',
    namespace: 'acme',
    unknownNamespace: 'nobody',
    requests: {
      check: { host, ...requests.check },
      listNamespaces: { host, ...requests.namespaces },
      listRepositories: repositories,
      listTags: { host, ...requests.tags },
      resolve: { host: new URL(address).hostname, path: '/manifests/' },
    },
    paged: {
      listRepositories: repositories,
      listTags: { host, ...requests.tags, repository: 'acme/nightly' },
    },
    // The bearer tokens of the registry; logins are renewed before their end.
    expire: () => clock.advance(10 * 60_000),
    nativeErrors: [
      {
        name: 'a key that does not exist',
        operation: 'listRepositories',
        effect: {
          kind: 'status',
          status: 404,
          body: refusal('InvalidAccessKeyId.NotFound'),
        },
        code: 'unauthenticated',
        message: /access key/,
      },
      {
        name: 'a clock that is off',
        operation: 'listTags',
        effect: {
          kind: 'status',
          status: 400,
          body: refusal('InvalidTimeStamp.Expired'),
        },
        code: 'unauthenticated',
        message: /clock of this machine/,
      },
      {
        name: 'a missing right',
        operation: 'listNamespaces',
        effect: {
          kind: 'status',
          status: 403,
          body: refusal('Forbidden.RAM'),
        },
        code: 'forbidden',
        message: /cr:ListNamespace/,
      },
      {
        name: 'too many calls',
        operation: 'listTags',
        effect: { kind: 'status', status: 400, body: refusal('Throttling') },
        code: 'rate-limited',
      },
      {
        name: 'something broken inside',
        operation: 'listRepositories',
        effect: { kind: 'status', status: 400, body: refusal('InternalError') },
        code: 'server-error',
      },
    ],
    words: { listNamespaces: /namespaces/ },
  });
}

describe('Enterprise Edition', () => {
  describeEdition(
    'enterprise',
    {
      check: { header: 'x-acs-action: ListRepository$' },
      namespaces: { header: 'x-acs-action: ListNamespace$' },
      repositories: { header: 'x-acs-action: ListRepository$' },
      tags: { header: 'x-acs-action: ListRepoTag$' },
    },
    Code => ({ Code, Message: 'Refused.', RequestId: '1', HostId: host }),
  );
});

describe('Personal Edition', () => {
  describeEdition(
    'personal',
    {
      check: { path: '^/repos' },
      namespaces: { path: '^/namespace' },
      repositories: { path: '^/repos/' },
      tags: { path: '/tags' },
    },
    code => ({ code, message: 'Refused.', requestId: '1' }),
  );
});
