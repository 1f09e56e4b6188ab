import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';
import { FailureContext } from './networkError';
import { RegistryHttpRequest } from './RegistryHttp';

type Method = NonNullable<RegistryHttpRequest['method']>;

/** One request on its way through redirects. */
export interface Hop {
  url: URL;
  method: Method;
  headers: Record<string, string>;
  body?: string | Buffer;
}

/** Headers that belong to one origin. */
const ownHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
]);

const redirectStatuses: ReadonlySet<number> = new Set([
  301, 302, 303, 307, 308,
]);

export function isRedirect(status: number): boolean {
  return redirectStatuses.has(status);
}

function refused(
  { operation, url, title }: FailureContext,
  because: string,
  hint?: Reason,
): RegistryError {
  return new RegistryError(
    'invalid-response',
    `${title}: could not ${operation} at ${url.host}: ${because}`,
    { hint },
  );
}

function writeOrigin({ origin }: URL): Reason {
  return advise(
    'write-origin',
    `Write the address as that of ${origin}, if that is the same service`,
    { origin },
  );
}

function resolveLocation(
  location: string | undefined,
  context: FailureContext,
): URL {
  if (!location || !URL.canParse(location, context.url)) {
    throw refused(context, 'it redirects without saying where to');
  }
  return new URL(location, context.url);
}

/** Whether a write would turn into a GET, by RFC 9110 and what clients do. */
function becomesGet(method: Method, status: number): boolean {
  const isWrite = method !== 'GET' && method !== 'HEAD';
  return isWrite && (status === 303 || (status <= 302 && method === 'POST'));
}

/**
 * Where a redirect leads, and what goes there: no credentials to another
 * origin (storage refuses them, and they are none of its business), never from
 * https to http, no body to another origin (it may hold secrets as well), and
 * no write that would arrive as a GET and pass for done.
 *
 * @throws RegistryError `invalid-response` for what is not followed
 */
export function followRedirect(
  hop: Hop,
  status: number,
  location: string | undefined,
  context: FailureContext,
): Hop {
  const url = resolveLocation(location, context);
  if (context.url.protocol === 'https:' && url.protocol === 'http:') {
    throw refused(
      context,
      `it redirects from https to plain http at ${url.host}`,
      advise(
        'tell-public-address',
        'Tell the registry its public address (for distribution http.host, behind a proxy X-Forwarded-Proto)',
      ),
    );
  }
  const sameOrigin = url.origin === context.url.origin;
  if (hop.body !== undefined && !sameOrigin) {
    throw refused(
      context,
      `it redirects what is sent to ${url.origin}`,
      writeOrigin(url),
    );
  }
  if (becomesGet(hop.method, status)) {
    throw refused(
      context,
      `it answers a ${hop.method} with the redirect ${status}, which would only read`,
      writeOrigin(url),
    );
  }
  return {
    ...hop,
    url,
    headers: Object.fromEntries(
      Object.entries(hop.headers).filter(
        ([name]) => sameOrigin || !ownHeaders.has(name.toLowerCase()),
      ),
    ),
  };
}
