import { Request, RequestHandler } from 'express';

/** What stands in a request's address where the token was. */
const HIDDEN = '***';

const tokens = new WeakMap<Request, string>();

/**
 * Takes the token out of the address of a webhook call before anything can
 * fail: the framework repeats that address in error bodies and in its log.
 */
export const hideUrlToken: RequestHandler = (request, _response, next) => {
  const [path, ...query] = request.url.split('?');
  const found = /^(\/webhooks\/[^/]+)\/(.+)$/i.exec(path);
  if (found) {
    const [, address, token] = found;
    tokens.set(request, decoded(token));
    const hidden = `${address}/${token.replace(/[^/]+/g, HIDDEN)}`;
    request.url = [hidden, ...query].join('?');
    request.originalUrl = `${request.baseUrl}${request.url}`;
  }
  next();
};

/** The token that the URL of a call carried. */
export function urlTokenOf(request: Request): string | undefined {
  return tokens.get(request);
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token.replace(/\/$/, ''));
  } catch {
    return token;
  }
}
