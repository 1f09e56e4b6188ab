/** A file of a layer. */
export interface TarFile {
  /** Relative, without a leading slash; at most 100 bytes. */
  path: string;
  content: Buffer | string;
  /** 0o644 by default. */
  mode?: number;
}

const BLOCK = 512;

/**
 * Writes a POSIX ustar archive (IEEE 1003.1, pax, "ustar Interchange Format").
 *
 * @param modified - time stamp of each entry; the same input gives the same
 * bytes.
 */
export function createTar(files: TarFile[], modified: Date): Buffer {
  const entries = files.flatMap(file => {
    const content = Buffer.from(file.content);
    const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
    return [
      createHeader(file, content.length, modified),
      content,
      Buffer.alloc(padding),
    ];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
}

function createHeader(file: TarFile, size: number, modified: Date): Buffer {
  if (Buffer.byteLength(file.path) > 100) {
    throw new Error(`'${file.path}' is longer than 100 bytes`);
  }
  const header = Buffer.alloc(BLOCK);
  const seconds = Math.floor(modified.getTime() / 1000);
  header.write(file.path, 0);
  header.write(octal(file.mode ?? 0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(seconds, 12), 136);
  // The checksum is taken with its own field full of spaces.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.write('root', 265);
  header.write('root', 297);
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${checksum.toString(8).padStart(6, '0')}\u0000 `, 148);
  return header;
}

/** A number in octal digits that fill a field but for its last NUL. */
function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\u0000`;
}
