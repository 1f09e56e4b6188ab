import { ContentStore } from '../../registry/content/ContentStore';
import { namespacesOf } from '../registry/namespacesOf';
import { taggedImages } from '../registry/taggedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { bareDigest, pageOf, repositoriesOf } from './images';
import { TemporaryLogins } from './TemporaryLogins';
import { Trigger, Triggers } from './Triggers';

/** The simulated instance of the Enterprise Edition. */
export const ALIBABA_INSTANCE = 'cri-sandbox0acme0001';

const PAGE_SIZE_AT_MOST = 100;

/** What the operations work on. */
export interface EnterpriseState {
  content: ContentStore;
  logins: TemporaryLogins;
  triggers: Triggers;
}

/** RAM actions, from the operations' own pages; not always their names. */
const permissions: Readonly<Record<string, string>> = {
  ListNamespace: 'cr:ListNamespace',
  GetNamespace: 'cr:GetNamespace',
  ListRepository: 'cr:ListRepository',
  GetRepository: 'cr:GetRepository',
  ListRepoTag: 'cr:ListRepositoryTag',
  GetAuthorizationToken: 'cr:GetAuthorizationToken',
  GetRepoTagScanStatus: 'cr:GetScan',
  GetRepoTagScanSummary: 'cr:GetScanCount',
  ListRepoTrigger: 'cr:ListWebHook',
  CreateRepoTrigger: 'cr:CreateWebHook',
  UpdateRepoTrigger: 'cr:UpdateWebHook',
};

/** The RAM action of an operation; undefined for an unknown one. */
export function enterprisePermission(action: string): string | undefined {
  return permissions[action];
}

/**
 * RPC operations of version 2018-12-01:
 * alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-overview
 */
export function answerEnterprise(
  action: string,
  { query }: VendorRequest,
  state: EnterpriseState,
): VendorAnswer {
  if (query.get('InstanceId') !== ALIBABA_INSTANCE) {
    return failure(404, 'INSTANCE_NOT_EXIST', 'instance is not exist');
  }
  switch (action) {
    case 'ListNamespace':
      return listNamespaces(query, state);
    case 'GetNamespace':
      return namespacesOf(state.content).includes(
        query.get('NamespaceName') ?? '',
      )
        ? success({ NamespaceName: query.get('NamespaceName') })
        : failure(404, 'NAMESPACE_NOT_EXIST', 'namespace is not exist');
    case 'ListRepository':
      return listRepositories(query, state);
    case 'GetAuthorizationToken': {
      const { expiresAt, password, username } = state.logins.issue();
      return success({
        TempUsername: username,
        AuthorizationToken: password,
        ExpireTime: expiresAt,
      });
    }
    default:
      return ofRepository(action, query, state);
  }
}

function ofRepository(
  action: string,
  query: URLSearchParams,
  state: EnterpriseState,
): VendorAnswer {
  const repository =
    action === 'GetRepository'
      ? `${query.get('RepoNamespaceName')}/${query.get('RepoName')}`
      : repositoryOf(query.get('RepoId') ?? '');
  if (!state.content.hasRepository(repository)) {
    return failure(404, 'REPO_NOT_EXIST', 'repo is not exist');
  }
  switch (action) {
    case 'GetRepository':
      return success(describeRepository(repository));
    case 'ListRepoTag':
      return listTags(repository, query, state);
    case 'GetRepoTagScanStatus':
    case 'GetRepoTagScanSummary':
      return scan(action, repository);
    case 'ListRepoTrigger':
      return success({
        Triggers: state.triggers.of(repository).map(({ id, name, url }) => ({
          TriggerId: id,
          TriggerName: name,
          TriggerUrl: url,
          TriggerType: 'ALL',
        })),
      });
    default:
      return putTrigger(repository, query, state);
  }
}

function listNamespaces(
  query: URLSearchParams,
  { content }: EnterpriseState,
): VendorAnswer {
  const names = namespacesOf(content);
  return success({
    ...paging(query, names.length),
    Namespaces: pageOf(names, ...pageAsked(query)).map(name => ({
      NamespaceName: name,
      NamespaceStatus: 'NORMAL',
      InstanceId: ALIBABA_INSTANCE,
    })),
  });
}

function listRepositories(
  query: URLSearchParams,
  { content }: EnterpriseState,
): VendorAnswer {
  // An unknown namespace has no repositories, and that is all.
  const entries = repositoriesOf(
    content,
    query.get('RepoNamespaceName') ?? undefined,
  );
  return success({
    ...paging(query, entries.length),
    Repositories: pageOf(entries, ...pageAsked(query)).map(
      ({ modified, name, namespace }) => ({
        ...describeRepository(`${namespace}/${name}`),
        ModifiedTime: modified,
      }),
    ),
  });
}

function listTags(
  repository: string,
  query: URLSearchParams,
  { content }: EnterpriseState,
): VendorAnswer {
  const entries = taggedImages(content, repository);
  return success({
    ...paging(query, entries.length),
    Images: pageOf(entries, ...pageAsked(query)).map(({ image, tag }) => ({
      Tag: tag.name,
      Digest: bareDigest(image.digest),
      ImageId: bareDigest(image.configDigest ?? image.digest),
      ImageSize: image.size,
      ImageCreate: String(tag.pushedAt.getTime()),
      ImageUpdate: String(tag.pushedAt.getTime()),
      Status: 'NORMAL',
    })),
  });
}

/** Only `web` was ever scanned. */
function scan(action: string, repository: string): VendorAnswer {
  if (!repository.endsWith('/web')) {
    return failure(404, 'SCAN_TASK_NOT_EXIST', 'scan task is not exist');
  }
  return action === 'GetRepoTagScanStatus'
    ? success({ Status: 'COMPLETE', ScanService: 'ACR_SCAN_SERVICE' })
    : success({
        HighSeverity: 2,
        MediumSeverity: 5,
        LowSeverity: 9,
        UnknownSeverity: 0,
        TotalSeverity: 16,
      });
}

function putTrigger(
  repository: string,
  query: URLSearchParams,
  { triggers }: EnterpriseState,
): VendorAnswer {
  const trigger: Omit<Trigger, 'id'> = {
    name: query.get('TriggerName') ?? '',
    url: query.get('TriggerUrl') ?? '',
  };
  const id = query.get('TriggerId') ?? undefined;
  return success({ TriggerId: triggers.put(repository, trigger, id) });
}

function describeRepository(repository: string) {
  const slash = repository.indexOf('/');
  return {
    InstanceId: ALIBABA_INSTANCE,
    RepoId: repoId(repository),
    RepoNamespaceName: repository.slice(0, slash),
    RepoName: repository.slice(slash + 1),
    RepoType: repository.startsWith('opensource/') ? 'PUBLIC' : 'PRIVATE',
    RepoStatus: 'NORMAL',
    Summary: `Images of ${repository.slice(slash + 1)}`,
    TagImmutability: repository.endsWith('/api'),
  };
}

/** Ids are opaque; ours can be read back. */
function repoId(repository: string): string {
  return `crr-${Buffer.from(repository).toString('hex')}`;
}

function repositoryOf(id: string): string {
  return Buffer.from(id.replace(/^crr-/, ''), 'hex').toString('utf8');
}

function pageAsked(query: URLSearchParams): [page: number, size: number] {
  return [
    Number(query.get('PageNo') ?? 1),
    Math.min(Number(query.get('PageSize') ?? 30), PAGE_SIZE_AT_MOST),
  ];
}

function paging(query: URLSearchParams, total: number) {
  const [page, size] = pageAsked(query);
  // A text, as the vendor's own examples have it.
  return { PageNo: page, PageSize: size, TotalCount: String(total) };
}

function success(fields: object): VendorAnswer {
  return jsonAnswer({
    RequestId: '031572FA-7D8F-4C05-B790-000000000001',
    IsSuccess: true,
    Code: 'success',
    ...fields,
  });
}

function failure(status: number, Code: string, Message: string): VendorAnswer {
  return jsonAnswer(
    {
      RequestId: '031572FA-7D8F-4C05-B790-000000000001',
      IsSuccess: false,
      Code,
      Message,
    },
    { status },
  );
}
