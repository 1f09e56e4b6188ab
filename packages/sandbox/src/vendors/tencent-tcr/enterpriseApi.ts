import { ContentStore } from '../../registry/content/ContentStore';
import { namespacesOf } from '../registry/namespacesOf';
import { lastPushOf } from '../registry/storedImages';
import { taggedImages } from '../registry/taggedImages';
import { AccessCredentials } from './AccessCredentials';
import { goTime, kindOf, repositoriesOf } from './images';

/** The simulated instance of the Enterprise Edition. */
export const TENCENT_INSTANCE = {
  id: 'tcr-sandbox1',
  name: 'acme',
  region: 'ap-shanghai',
} as const;

/** A trigger as the API takes it. */
export interface TencentTrigger {
  Id?: number;
  Name?: string;
  Targets?: unknown;
  EventTypes?: unknown;
}

/** What the operations work on. */
export interface EnterpriseState {
  content: ContentStore;
  credentials: AccessCredentials;
  /** By namespace. */
  triggers: Map<string, TencentTrigger[]>;
}

/** Parameters of any operation; each reads its own. */
export interface TencentParameters {
  RegistryId?: string;
  NamespaceName?: string;
  RepositoryName?: string;
  Namespace?: string;
  RepoName?: string;
  Trigger?: TencentTrigger;
  Filters?: { Name?: string; Values?: string[] }[];
  AllRegion?: boolean;
  Limit?: number;
  Offset?: number;
}

/** What an operation answers: `Response`, or the code of its `Error`. */
export type OperationResult = object | { refused: string };

/** The operations that this simulation has, by action. */
export const enterpriseOperations: Readonly<
  Record<
    string,
    (parameters: TencentParameters, state: EnterpriseState) => OperationResult
  >
> = {
  DescribeNamespaces(parameters, { content }) {
    const names = namespacesOf(content).filter(
      name =>
        !parameters.NamespaceName || name.includes(parameters.NamespaceName),
    );
    return {
      NamespaceList: pageOf(names, parameters).map(Name => ({
        Name,
        Public: Name === 'opensource',
      })),
      TotalCount: names.length,
    };
  },

  DescribeRepositories(parameters, { content }) {
    const { NamespaceName } = parameters;
    if (NamespaceName && !namespacesOf(content).includes(NamespaceName)) {
      return { refused: 'ResourceNotFound.TcrResourceNotFound' };
    }
    const names = repositoriesOf(content, NamespaceName);
    return {
      RepositoryList: pageOf(names, parameters).map(name => ({
        Name: name,
        Namespace: name.split('/', 1)[0],
        Public: name.startsWith('opensource/'),
        BriefDescription: `Images of ${name}`,
        CreationTime: '2026-01-02 03:04:05 +0800 CST',
        UpdateTime: goTime(lastPushOf(content, name) ?? new Date(0)),
      })),
      TotalCount: names.length,
    };
  },

  DescribeImages(parameters, { content }) {
    const repository = `${parameters.NamespaceName}/${parameters.RepositoryName}`;
    if (!content.hasRepository(repository)) {
      return { refused: 'ResourceNotFound.TcrResourceNotFound' };
    }
    const entries = taggedImages(content, repository);
    return {
      ImageInfoList: pageOf(entries, parameters).map(({ image, tag }) => ({
        Digest: image.digest,
        Size: image.size,
        ImageVersion: tag.name,
        UpdateTime: goTime(tag.pushedAt),
        Kind: kindOf(image),
        KmsSignature: tag.name === 'v1.2.0' ? 'kms-signature' : '',
      })),
      TotalCount: entries.length,
    };
  },

  CreateInstanceToken: (_, { credentials }) => credentials.issue(),

  DescribeWebhookTrigger({ Namespace = '' }, { triggers }) {
    const found = triggers.get(Namespace) ?? [];
    return { Triggers: found, TotalCount: found.length };
  },

  CreateWebhookTrigger({ Namespace = '', Trigger }, { triggers }) {
    const others = triggers.get(Namespace) ?? [];
    const made = { ...Trigger, Id: others.length + 1 };
    triggers.set(Namespace, [...others, made]);
    return { Trigger: made };
  },

  ModifyWebhookTrigger({ Namespace = '', Trigger }, { triggers }) {
    const others = (triggers.get(Namespace) ?? []).filter(
      ({ Id }) => Id !== Trigger?.Id,
    );
    triggers.set(Namespace, [...others, { ...Trigger }]);
    return {};
  },
};

/** The instances of the account, in whatever region they are. */
export function describeInstances({
  AllRegion,
  Filters = [],
}: TencentParameters): OperationResult {
  const { id, name, region } = TENCENT_INSTANCE;
  const isAsked =
    AllRegion === true &&
    Filters.every(
      ({ Name, Values = [] }) =>
        Name !== 'RegistryName' || Values.includes(name),
    );
  const Registries = isAsked
    ? [
        {
          RegistryId: id,
          RegistryName: name,
          RegistryType: 'standard',
          Status: 'Running',
          PublicDomain: `${name}.tencentcloudcr.com`,
          RegionName: region,
        },
      ]
    : [];
  return { Registries, TotalCount: Registries.length };
}

/** `Offset` is the number of the page, from 1. */
function pageOf<T>(
  entries: T[],
  { Limit = 20, Offset = 1 }: TencentParameters,
): T[] {
  const size = Math.min(Limit, 100);
  return entries.slice((Offset - 1) * size, Offset * size);
}
