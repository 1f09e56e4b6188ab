import { ContentStore } from '../../registry/content/ContentStore';
import { listStoredRepositories } from './storedImages';

/** Namespaces that hold a repository. */
export function namespacesOf(content: ContentStore): string[] {
  return [
    ...new Set(
      listStoredRepositories(content).map(name => name.split('/', 1)[0]),
    ),
  ];
}
