import { rename, writeFile } from 'node:fs/promises';

/**
 * Writes a file that only its owner reads. Who reads it, or finds it after a
 * crash, sees the old content or the new one, never a part.
 */
export async function writeWhole(file: string, content: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.new`;
  await writeFile(unfinished, content, { mode: 0o600 });
  await rename(unfinished, file);
}
