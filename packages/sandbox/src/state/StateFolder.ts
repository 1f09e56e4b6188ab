import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContentStore } from '../registry/content/ContentStore';
import { BlobFolder } from './BlobFolder';
import {
  CompleteState,
  SandboxState,
  STATE_FORMAT,
  sandboxStateSchema,
} from './SandboxState';
import { writeWhole } from './writeWhole';

/** A state that is there and cannot be gone on with; says why. */
export class UnusableStateError extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'UnusableStateError';
  }
}

/**
 * Keeps a sandbox's state on disk: `state.json` and, apart, the bytes that it
 * names. The bytes are there before the file names them.
 */
export class StateFolder {
  private readonly file: string;
  private readonly blobs: BlobFolder;

  /** @param directory - is made when it is written to */
  constructor(directory: string) {
    this.file = join(directory, 'state.json');
    this.blobs = new BlobFolder(join(directory, 'blobs'));
  }

  /**
   * @returns undefined when nothing was written yet.
   * @throws UnusableStateError when it is of another format or damaged, Error
   * of the file system when it cannot be read.
   */
  async read(): Promise<CompleteState | undefined> {
    let text: string;
    try {
      text = await readFile(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
    const state = this.parse(text);
    try {
      const bytes = await this.blobs.read(digestsIn(state));
      new ContentStore().restore(state.registry.content, bytes);
      return { state, bytes };
    } catch (error) {
      throw new UnusableStateError(this.file, messageOf(error));
    }
  }

  async write({ state, bytes }: CompleteState): Promise<void> {
    await this.blobs.add(bytes);
    await writeWhole(this.file, JSON.stringify(state));
    await this.blobs.keepOnly(bytes.keys());
  }

  private parse(text: string): SandboxState {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      throw new UnusableStateError(this.file, messageOf(error));
    }
    const format = (json as { format?: unknown } | null)?.format;
    if (format !== STATE_FORMAT) {
      throw new UnusableStateError(
        this.file,
        `it is of format ${format}, not ${STATE_FORMAT}`,
      );
    }
    const result = sandboxStateSchema.safeParse(json);
    if (!result.success) {
      const { path, message } = result.error.issues[0];
      throw new UnusableStateError(this.file, `${path.join('.')}: ${message}`);
    }
    return result.data;
  }
}

function digestsIn({ registry }: SandboxState): string[] {
  return registry.content.flatMap(({ blobs, manifests }) => [
    ...blobs,
    ...manifests.map(({ digest }) => digest),
  ]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
