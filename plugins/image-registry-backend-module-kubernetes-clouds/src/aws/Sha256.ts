import { BinaryLike, createHash, createHmac } from 'crypto';
import { Checksum, SourceData } from '@smithy/types';

/** Node's SHA-256, plain or keyed, as the signer of AWS asks for it. */
export class Sha256 implements Checksum {
  private readonly secret?: BinaryLike;
  private parts: Uint8Array[] = [];

  constructor(secret?: SourceData) {
    this.secret = secret === undefined ? undefined : bytesOf(secret);
  }

  update(data: SourceData): void {
    this.parts.push(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    const hash =
      this.secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', this.secret);
    this.parts.forEach(part => hash.update(part));
    return hash.digest();
  }

  reset(): void {
    this.parts = [];
  }
}

function bytesOf(data: SourceData): Uint8Array {
  if (typeof data === 'string') {
    return Buffer.from(data, 'utf8');
  }
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
