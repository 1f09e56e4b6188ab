import { ContentStore } from '../../registry/content/ContentStore';
import { listStoredRepositories, StoredImage } from '../registry/storedImages';

/** Repositories with their namespaces, of one namespace if one is given. */
export function repositoriesOf(
  content: ContentStore,
  namespace: string | undefined,
): string[] {
  return listStoredRepositories(content).filter(
    name => !namespace || name.startsWith(`${namespace}/`),
  );
}

/** Charts have a config of another type. */
export function kindOf({ artifactType }: StoredImage): string {
  return artifactType?.includes('helm') ? 'CHART' : 'IMAGE';
}

/** `2026-11-04 17:30:00 +0800 CST`, as Go prints a time in China. */
export function goTime(time: Date): string {
  return `${chinaTime(time)} +0800 CST`;
}

/** `2026-11-04 17:30:00`, in China and without saying so. */
export function chinaTime(time: Date): string {
  return new Date(time.getTime() + 8 * 60 * 60 * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
}
