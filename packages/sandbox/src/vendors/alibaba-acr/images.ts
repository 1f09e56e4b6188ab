import { ContentStore } from '../../registry/content/ContentStore';
import { lastPushOf, listStoredRepositories } from '../registry/storedImages';

/** Repositories, of one namespace if one is given. */
export function repositoriesOf(
  content: ContentStore,
  namespace: string | undefined,
): { namespace: string; name: string; modified: number }[] {
  return listStoredRepositories(content)
    .map(full => {
      const slash = full.indexOf('/');
      return {
        namespace: full.slice(0, slash),
        name: full.slice(slash + 1),
        modified: lastPushOf(content, full)?.getTime() ?? 0,
      };
    })
    .filter(each => namespace === undefined || each.namespace === namespace);
}

/** The entries of a numbered page. */
export function pageOf<T>(entries: T[], page: number, size: number): T[] {
  return entries.slice((page - 1) * size, page * size);
}

/** The vendor leaves the algorithm out. */
export function bareDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1);
}
