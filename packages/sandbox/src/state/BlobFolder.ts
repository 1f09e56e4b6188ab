import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { matchesDigest } from '../registry/protocol/digests';

/** Files that are read or written at a time. */
const PARALLEL = 16;

/** Bytes in one file each, named by digest: a change adds only what is new. */
export class BlobFolder {
  private readonly folder: string;
  /** File names whose content is known to be right. */
  private readonly known = new Set<string>();
  private isTidy = false;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** @throws Error when a file is absent or not what its name says. */
  async read(digests: Iterable<string>): Promise<Map<string, Buffer>> {
    const bytes = new Map<string, Buffer>();
    await inParallel([...new Set(digests)], async digest => {
      bytes.set(digest, await this.readOne(digest));
    });
    return bytes;
  }

  private async readOne(digest: string): Promise<Buffer> {
    const bytes = await readFile(join(this.folder, nameOf(digest)));
    if (!matchesDigest(bytes, digest)) {
      throw new Error(`the file of ${digest} has other content`);
    }
    this.known.add(nameOf(digest));
    return bytes;
  }

  /** Writes what is not there yet. */
  async add(bytes: ReadonlyMap<string, Buffer>): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const added = [...bytes].filter(
      ([digest]) => !this.known.has(nameOf(digest)),
    );
    // A file that a crash left incomplete is in no state that was written.
    await inParallel(added, async ([digest, content]) => {
      await writeFile(join(this.folder, nameOf(digest)), content, {
        mode: 0o600,
      });
      this.known.add(nameOf(digest));
    });
  }

  /** Removes every file but those of these digests. */
  async keepOnly(digests: Iterable<string>): Promise<void> {
    const wanted = new Set([...digests].map(nameOf));
    // An earlier run may have left what this one does not know.
    const present = this.isTidy ? [...this.known] : await readdir(this.folder);
    for (const name of present.filter(each => !wanted.has(each))) {
      await rm(join(this.folder, name), { force: true });
      this.known.delete(name);
    }
    this.isTidy = true;
  }
}

async function inParallel<T>(
  items: T[],
  task: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const work = async () => {
    for (const item of rest) {
      await task(item);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

/** A colon is no character for file names on every system. */
function nameOf(digest: string): string {
  return digest.replace(':', '-');
}
