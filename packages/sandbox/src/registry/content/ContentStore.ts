import { ContentIndex, StoredRepository } from './ContentIndex';
import { Descriptor, ParsedManifest, parseManifest } from './ParsedManifest';

/** A manifest as it was pushed: its bytes are what the digest names. */
export interface StoredManifest {
  digest: string;
  bytes: Buffer;
  parsed: ParsedManifest;
}

interface StoredTag {
  digest: string;
  /** Milliseconds since the epoch. */
  pushedAt: number;
}

interface Repository {
  blobs: Set<string>;
  manifests: Map<string, StoredManifest>;
  tags: Map<string, StoredTag>;
  /** A repository stays in the catalog after its last manifest is gone. */
  hadManifest: boolean;
}

/** Blobs, manifests and tags of all repositories, in memory. */
export class ContentStore {
  private readonly blobs = new Map<string, Buffer>();
  private readonly repositories = new Map<string, Repository>();
  private readonly listeners = new Set<() => void>();
  private readonly now: () => number;

  /** @param now - milliseconds since the epoch, for the times of pushes */
  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** Names in the order of a walk through folders: `/` before any letter. */
  listRepositories(options: { includeBlobOnly: boolean }): string[] {
    return [...this.repositories]
      .filter(([, each]) => options.includeBlobOnly || each.hadManifest)
      .map(([name]) => name)
      .sort(compareRepositories);
  }

  hasRepository(name: string): boolean {
    return this.repositories.has(name);
  }

  /** Tags in lexical order; undefined when there never was a manifest. */
  listTags(repository: string): string[] | undefined {
    const found = this.repositories.get(repository);
    return found?.hadManifest ? [...found.tags.keys()].sort() : undefined;
  }

  getBlob(repository: string, digest: string): Buffer | undefined {
    return this.repositories.get(repository)?.blobs.has(digest)
      ? this.blobs.get(digest)
      : undefined;
  }

  putBlob(repository: string, digest: string, bytes: Buffer): void {
    if (!this.blobs.has(digest)) {
      this.blobs.set(digest, bytes);
    }
    this.open(repository).blobs.add(digest);
    this.changed();
  }

  /** Removes the link only: another repository may hold the same blob. */
  deleteBlob(repository: string, digest: string): boolean {
    const removed =
      this.repositories.get(repository)?.blobs.delete(digest) ?? false;
    const linked = [...this.repositories.values()].some(each =>
      each.blobs.has(digest),
    );
    if (!linked) {
      this.blobs.delete(digest);
    }
    this.changed();
    return removed;
  }

  getManifest(
    repository: string,
    reference: string,
  ): StoredManifest | undefined {
    const found = this.repositories.get(repository);
    const digest = reference.includes(':')
      ? reference
      : found?.tags.get(reference)?.digest;
    return digest === undefined ? undefined : found?.manifests.get(digest);
  }

  putManifest(repository: string, manifest: StoredManifest): void {
    const target = this.open(repository);
    target.manifests.set(manifest.digest, manifest);
    target.hadManifest = true;
    this.changed();
  }

  /** @returns the tags that pointed at it; undefined when it is not there. */
  deleteManifest(repository: string, digest: string): string[] | undefined {
    const found = this.repositories.get(repository);
    if (!found?.manifests.delete(digest)) {
      return undefined;
    }
    const tags = [...found.tags]
      .filter(([, target]) => target.digest === digest)
      .map(([tag]) => tag);
    tags.forEach(tag => found.tags.delete(tag));
    this.changed();
    return tags;
  }

  /** @param pushedAt - milliseconds since the epoch; now by default */
  putTag(
    repository: string,
    tag: string,
    digest: string,
    pushedAt: number = this.now(),
  ): void {
    this.open(repository).tags.set(tag, { digest, pushedAt });
    this.changed();
  }

  /** When a tag was last put; undefined when there is no such tag. */
  pushedAt(repository: string, tag: string): Date | undefined {
    const found = this.repositories.get(repository)?.tags.get(tag);
    return found && new Date(found.pushedAt);
  }

  /** Manifests of a repository, in the order in which they came. */
  listManifests(repository: string): StoredManifest[] {
    return [...(this.repositories.get(repository)?.manifests.values() ?? [])];
  }

  deleteTag(repository: string, tag: string): boolean {
    const removed = this.repositories.get(repository)?.tags.delete(tag);
    this.changed();
    return removed ?? false;
  }

  /** Descriptors of the manifests whose `subject` is the digest. */
  listReferrers(repository: string, subject: string): Descriptor[] {
    const manifests = this.repositories.get(repository)?.manifests ?? [];
    return [...manifests.values()]
      .filter(each => each.parsed.subject?.digest === subject)
      .map(({ digest, bytes, parsed }) => ({
        mediaType: parsed.mediaType,
        digest,
        size: bytes.length,
        ...(parsed.annotations && { annotations: parsed.annotations }),
        ...(parsed.artifactType && { artifactType: parsed.artifactType }),
      }));
  }

  /** Counts for a status page. */
  summary(): { repositories: number; tags: number; blobs: number } {
    const repositories = [...this.repositories.values()];
    return {
      repositories: repositories.length,
      tags: repositories.reduce((sum, each) => sum + each.tags.size, 0),
      blobs: this.blobs.size,
    };
  }

  /** Calls back after each change. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Everything that is stored, the bytes apart by digest. */
  snapshot(): { index: ContentIndex; bytes: Map<string, Buffer> } {
    const bytes = new Map(this.blobs);
    const index = [...this.repositories].map(([name, each]) => {
      each.manifests.forEach(manifest =>
        bytes.set(manifest.digest, manifest.bytes),
      );
      return {
        name,
        hadManifest: each.hadManifest,
        blobs: [...each.blobs],
        manifests: [...each.manifests.values()].map(({ digest, parsed }) => ({
          digest,
          mediaType: parsed.mediaType,
        })),
        tags: [...each.tags].map(
          ([tag, { digest, pushedAt }]): StoredRepository['tags'][number] => [
            tag,
            digest,
            new Date(pushedAt).toISOString(),
          ],
        ),
      };
    });
    return { index, bytes };
  }

  /**
   * Replaces everything by what another store had.
   *
   * @throws Error when bytes are missing or no manifest, nothing being
   * replaced then.
   */
  restore(index: ContentIndex, bytes: ReadonlyMap<string, Buffer>): void {
    const bytesOf = (digest: string): Buffer => {
      const found = bytes.get(digest);
      if (!found) {
        throw new Error(`the bytes of ${digest} are missing`);
      }
      return found;
    };
    const blobs = index
      .flatMap(each => each.blobs)
      .map((digest): [string, Buffer] => [digest, bytesOf(digest)]);
    const repositories = index.map((each): [string, Repository] => [
      each.name,
      restoredRepository(each, bytesOf),
    ]);
    this.clear();
    blobs.forEach(([digest, content]) => this.blobs.set(digest, content));
    repositories.forEach(([name, each]) => this.repositories.set(name, each));
  }

  /** Forgets everything. */
  clear(): void {
    this.blobs.clear();
    this.repositories.clear();
    this.changed();
  }

  private changed(): void {
    this.listeners.forEach(listener => listener());
  }

  private open(name: string): Repository {
    const existing = this.repositories.get(name);
    if (existing) {
      return existing;
    }
    const created: Repository = {
      blobs: new Set(),
      manifests: new Map(),
      tags: new Map(),
      hadManifest: false,
    };
    this.repositories.set(name, created);
    return created;
  }
}

function restoredRepository(
  { blobs, hadManifest, manifests, tags }: StoredRepository,
  bytesOf: (digest: string) => Buffer,
): Repository {
  const restored = manifests.map(({ digest, mediaType }): StoredManifest => {
    const bytes = bytesOf(digest);
    return { digest, bytes, parsed: parseManifest(bytes, mediaType) };
  });
  return {
    hadManifest,
    blobs: new Set(blobs),
    manifests: new Map(restored.map(each => [each.digest, each])),
    tags: new Map(
      tags.map(([tag, digest, pushedAt]) => [
        tag,
        { digest, pushedAt: pushedAt ? Date.parse(pushedAt) : 0 },
      ]),
    ),
  };
}

/** The order of the catalog and of its `last` parameter. */
export function compareRepositories(left: string, right: string): number {
  const a = left.replaceAll('/', '\u0000');
  const b = right.replaceAll('/', '\u0000');
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
