import {
  isArtifactTag,
  isDigest,
  isTag,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime } from '@slipway/backstage-plugin-image-registry-node';

/** A file as Artifactory stores the parts of an image. */
export interface StoredFile {
  /** Repository that really holds it; of a virtual one, one behind it. */
  repo?: string;
  /** Tag, or for a child of an index its digest. */
  folder: string;
  name: string;
  /** Bytes. */
  size?: number;
  sha256?: string;
  modified?: string;
  modifiedBy?: string;
}

interface Folder {
  tag: TagItem;
  isIndex: boolean;
}

/** Artifactory writes the colon of a digest so, in folders and in tag lists. */
const digestFolder = /^sha256__[0-9a-f]{64}$/;

/**
 * Tags of one image, put together from the files in its folders
 * `<tag>/manifest.json` or `<tag>/list.manifest.json`, with the layers beside.
 */
export class ImageFolders {
  readonly #folders = new Map<string, Folder>();
  /** Bytes of the layers, by the repository that holds them and the folder. */
  readonly #bytes = new Map<string, number>();
  readonly #repos = new Map<string, string>();

  /** @returns the tag when the file is the manifest of one */
  add(file: StoredFile): string | undefined {
    const { folder, name, size } = file;
    if (!isImageTag(folder)) {
      return undefined;
    }
    if (name === 'manifest.json' || name === 'list.manifest.json') {
      this.#addManifest(file, name === 'list.manifest.json');
      return folder;
    }
    if (name.startsWith('sha256__') && size !== undefined) {
      const place = placeOf(file);
      this.#bytes.set(place, (this.#bytes.get(place) ?? 0) + size);
    }
    return undefined;
  }

  /**
   * @param isWhole - false: layers may be missing, or were seen twice
   */
  tags({ isWhole }: { isWhole: boolean }): Map<string, TagItem> {
    return new Map(
      [...this.#folders].map(([folder, { tag, isIndex }]) => {
        const size = this.#bytes.get(
          placeOf({ repo: this.#repos.get(folder), folder }),
        );
        return [
          folder,
          { ...tag, ...(isWhole && !isIndex && size && { size }) },
        ];
      }),
    );
  }

  /** The newest wins: what it replaced may lie beside it, or behind it. */
  #addManifest(file: StoredFile, isIndex: boolean): void {
    const { folder, sha256, modified, modifiedBy, repo } = file;
    const digest = `sha256:${sha256}`;
    const pushedAt = isoTime(modified);
    const before = this.#folders.get(folder)?.tag;
    if (before?.pushedAt && (!pushedAt || pushedAt < before.pushedAt)) {
      return;
    }
    this.#folders.set(folder, {
      isIndex,
      tag: {
        tag: folder,
        ...(isDigest(digest) && { digest }),
        ...(pushedAt && { pushedAt }),
        ...(modifiedBy && { pushedBy: modifiedBy }),
      },
    });
    if (repo !== undefined) {
      this.#repos.set(folder, repo);
    }
  }
}

/** True for what a person would call a tag of an image. */
export function isImageTag(name: string): boolean {
  return isTag(name) && !isArtifactTag(name) && !digestFolder.test(name);
}

function placeOf({ repo = '', folder }: Pick<StoredFile, 'repo' | 'folder'>) {
  return `${repo}/${folder}`;
}
