import { ContentStore } from '../../registry/content/ContentStore';
import { isIndexType } from '../../registry/protocol/mediaTypes';
import { listStoredRepositories } from '../registry/storedImages';
import { SimulatedRepository } from './SimulatedJFrog';

/** A file in a repository of Artifactory. */
export interface StoredFile {
  repo: string;
  /** Folder inside the repository. */
  path: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Without prefix. */
  sha256: string;
  /** ISO 8601. */
  modified: string;
  modifiedBy: string;
}

/**
 * The files that images come to: `<image>/<tag>/manifest.json`, or
 * `list.manifest.json` for an index, with config and layers beside it; the
 * children of an index in folders of their digests.
 *
 * @param stores - keys of local repositories and caches that are wanted
 */
export function listFiles(
  repositories: readonly SimulatedRepository[],
  stores: readonly string[],
): StoredFile[] {
  return repositories
    .filter(({ type }) => type !== 'VIRTUAL')
    .flatMap(({ registry, stores: [repo] }) =>
      registry && stores.includes(repo) ? filesOf(registry.content, repo) : [],
    );
}

function filesOf(content: ContentStore, repo: string): StoredFile[] {
  return listStoredRepositories(content).flatMap(image =>
    content.listTags(image)!.flatMap(tag => {
      const modified = content.pushedAt(image, tag)!.toISOString();
      return folder(content, image, tag).map(file => ({
        ...file,
        repo,
        path: `${image}/${file.path}`,
        modified,
        modifiedBy: 'ci',
      }));
    }),
  );
}

function folder(
  content: ContentStore,
  image: string,
  reference: string,
): Array<Pick<StoredFile, 'path' | 'name' | 'size' | 'sha256'>> {
  const { bytes, digest, parsed } = content.getManifest(image, reference)!;
  const path = reference.replace(':', '__');
  const manifest = {
    path,
    name: isIndexType(parsed.mediaType)
      ? 'list.manifest.json'
      : 'manifest.json',
    size: bytes.length,
    sha256: digest.replace('sha256:', ''),
  };
  const blobs = parsed.blobs.map(blob => ({
    path,
    name: blob.digest.replace(':', '__'),
    size: blob.size,
    sha256: blob.digest.replace('sha256:', ''),
  }));
  const children = parsed.manifests.flatMap(child =>
    folder(content, image, child.digest),
  );
  return [manifest, ...blobs, ...children];
}
