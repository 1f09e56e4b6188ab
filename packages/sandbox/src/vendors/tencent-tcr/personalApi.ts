import { ContentStore } from '../../registry/content/ContentStore';
import { namespacesOf } from '../registry/namespacesOf';
import { lastPushOf } from '../registry/storedImages';
import { taggedImages } from '../registry/taggedImages';
import { OperationResult, TencentParameters } from './enterpriseApi';
import { chinaTime, kindOf, repositoriesOf } from './images';

/** The operations of the Personal Edition, by action. */
export const personalOperations: Readonly<
  Record<
    string,
    (parameters: TencentParameters, content: ContentStore) => OperationResult
  >
> = {
  DescribeNamespacePersonal(parameters, content) {
    const names = namespacesOf(content).filter(name =>
      name.includes(parameters.Namespace ?? ''),
    );
    return {
      Data: {
        NamespaceCount: names.length,
        NamespaceInfo: pageOf(names, parameters).map(Namespace => ({
          Namespace,
          RepoCount: repositoriesOf(content, Namespace).length,
        })),
      },
    };
  },

  DescribeRepositoryOwnerPersonal: listRepositories,
  DescribeRepositoryFilterPersonal: listRepositories,

  DescribeImagePersonal(parameters, content) {
    const { RepoName = '' } = parameters;
    if (!content.hasRepository(RepoName)) {
      return { refused: 'ResourceNotFound.ErrNoRepo' };
    }
    const entries = taggedImages(content, RepoName);
    return {
      Data: {
        RepoName,
        TagCount: entries.length,
        TagInfo: pageOf(entries, parameters).map(({ image, tag }) => ({
          TagName: tag.name,
          TagId: image.digest,
          ImageId: image.configDigest,
          Size: `${image.size} B`,
          SizeByte: image.size,
          PushTime: chinaTime(tag.pushedAt),
          OS: image.platforms[0]?.os ?? '',
          Architecture: image.platforms[0]?.architecture ?? '',
          Kind: kindOf(image),
        })),
      },
    };
  },
};

function listRepositories(
  parameters: TencentParameters,
  content: ContentStore,
): OperationResult {
  const names = repositoriesOf(content, parameters.Namespace);
  return {
    Data: {
      TotalCount: names.length,
      RepoInfo: pageOf(names, parameters).map(name => ({
        RepoName: name,
        RepoType: '',
        TagCount: content.listTags(name)?.length ?? 0,
        Public: name.startsWith('opensource/') ? 1 : 0,
        PullCount: 7,
        Description: `Images of ${name}`,
        UpdateTime: chinaTime(lastPushOf(content, name) ?? new Date(0)),
      })),
    },
  };
}

/** `Offset` is the number of entries before the page. */
function pageOf<T>(
  entries: T[],
  { Limit = 20, Offset = 0 }: TencentParameters,
): T[] {
  return entries.slice(Offset, Offset + Math.min(Limit, 100));
}
