import { Readable } from 'node:stream';
import { RegistryError } from '../provider/RegistryError';
import { FailureContext } from './networkError';

function tooLarge(
  { operation, url, title }: FailureContext,
  maxBytes: number,
): RegistryError {
  return new RegistryError(
    'invalid-response',
    `${title}: could not ${operation} at ${url.host}: the answer is larger than ${maxBytes} bytes`,
  );
}

/**
 * Reads a body whole, as sent.
 * @throws RegistryError `invalid-response` when it is larger than `maxBytes`
 */
export async function readBody(
  body: Readable,
  maxBytes: number,
  context: FailureContext,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      // Leaving the loop destroys the stream, and so the connection.
      throw tooLarge(context, maxBytes);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The beginning of a body that is only read to be quoted. */
export async function readBeginning(
  body: Readable,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxBytes) {
        break;
      }
    }
  } catch {
    // What came before the connection broke is enough.
  }
  return Buffer.concat(chunks, size).subarray(0, maxBytes);
}
