import { InputError } from '@backstage/errors';
import { Request, RequestHandler, Response } from 'express';
import { UnprovenCall } from './authenticate';
import { urlTokenOf } from './urlToken';

/** The body is read once, and not before somebody needs it. */
export function unprovenCall(
  request: Request,
  read: () => Promise<Buffer>,
): UnprovenCall {
  let body: Promise<Buffer> | undefined;
  return {
    headers: singleHeaders(request),
    urlToken: urlTokenOf(request),
    body: () => {
      body ??= read();
      return body;
    },
  };
}

/** Without parameters, in lower case. */
export function mediaType(request: Request): string {
  return (request.header('content-type') ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase();
}

/**
 * @throws InputError when there is none; else what the parser throws, in words
 * for whoever looks into the registry's log
 */
export async function bodyOf(
  readBody: RequestHandler,
  request: Request,
  response: Response,
): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    readBody(request, response, error =>
      error ? reject(inWords(error)) : resolve(),
    );
  });
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
    throw new InputError('The body is empty');
  }
  return request.body;
}

/** Errors of the parser keep their status and get a sentence. */
function inWords(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return error;
  }
  const { code, limit, type } = error as Error & {
    code?: unknown;
    limit?: unknown;
    type?: unknown;
  };
  if (type === 'entity.too.large') {
    error.message = `The body is larger than ${limit} bytes`;
  } else if (typeof code === 'string' && code.startsWith('Z_')) {
    error.message = 'The body is not compressed as its Content-Encoding says';
  }
  return error;
}

function singleHeaders(request: Request): Record<string, string | undefined> {
  const { headers } = request;
  const single: Record<string, string | undefined> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    single[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return single;
}
