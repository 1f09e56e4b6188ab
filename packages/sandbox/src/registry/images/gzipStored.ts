import { crc32 } from 'node:zlib';

/** Bytes that one stored block of DEFLATE can hold (RFC 1951, 3.2.4). */
const STORED_BLOCK = 0xffff;

/**
 * Wraps bytes as gzip without compressing them, so that they, and with them
 * every digest, are the same on each machine and with each zlib.
 */
export function gzipStored(bytes: Buffer): Buffer {
  // RFC 1952: magic, method 8, no flags, no time, no extra, unknown system.
  const parts = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])];
  let offset = 0;
  do {
    const block = bytes.subarray(offset, offset + STORED_BLOCK);
    offset += block.length;
    const head = Buffer.alloc(5);
    head.writeUInt8(offset >= bytes.length ? 1 : 0, 0);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  } while (offset < bytes.length);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.length % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}
