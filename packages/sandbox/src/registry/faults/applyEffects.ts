import { createHash } from 'node:crypto';
import { errorBody } from '../protocol/RegistryError';
import { MEDIA_TYPES } from '../protocol/mediaTypes';
import {
  emptyResponse,
  RegistryRequest,
  RegistryResponse,
} from '../routes/exchange';
import { RegistryFaultEffect } from './RegistryFault';

/**
 * Effects that answer in place of the route, so that nothing is changed.
 *
 * @returns undefined when the route shall answer.
 */
export function replacementOf(
  effects: RegistryFaultEffect[],
  request: RegistryRequest,
): RegistryResponse | undefined {
  for (const effect of effects) {
    const replacement = replace(effect, request);
    if (replacement) {
      return replacement;
    }
  }
  return undefined;
}

function replace(
  effect: RegistryFaultEffect,
  request: RegistryRequest,
): RegistryResponse | undefined {
  const json = { 'Content-Type': MEDIA_TYPES.json };
  switch (effect.kind) {
    case 'too-many-requests':
      return {
        status: 429,
        headers: {
          ...json,
          ...(effect.retryAfter !== undefined && {
            'Retry-After': String(effect.retryAfter),
          }),
        },
        body: errorBody('TOOMANYREQUESTS'),
      };
    case 'status':
      return {
        status: effect.status,
        headers: json,
        body: errorBody(effect.status === 503 ? 'UNAVAILABLE' : 'UNKNOWN'),
      };
    case 'html':
      return {
        status: effect.status,
        headers: { 'Content-Type': 'text/html' },
        body: Buffer.from('<html><body><h1>Proxy page</h1></body></html>\n'),
      };
    case 'foreign-redirect': {
      const { pathname, search } = request.url;
      const location = new URL(`${pathname}${search}`, effect.origin);
      return emptyResponse(307, { Location: location.href });
    }
    default:
      return undefined;
  }
}

/** The request as the route sees it: a repeated page forgets its place. */
export function alterRequest(
  effects: RegistryFaultEffect[],
  request: RegistryRequest,
): RegistryRequest {
  if (!effects.some(each => each.kind === 'repeated-page')) {
    return request;
  }
  const url = new URL(request.url);
  url.searchParams.delete('last');
  return { ...request, url };
}

/** Effects that spoil the answer of the route. */
export function alterResponse(
  effects: RegistryFaultEffect[],
  response: RegistryResponse,
): RegistryResponse {
  return effects.reduce((altered, effect) => alter(effect, altered), response);
}

function alter(
  effect: RegistryFaultEffect,
  response: RegistryResponse,
): RegistryResponse {
  const { body } = response;
  switch (effect.kind) {
    case 'truncated-json':
      return { ...response, body: body.subarray(0, body.length / 2) };
    case 'wrong-digest':
      return effect.part === 'body'
        ? { ...response, body: changeLastByte(body) }
        : withHeader(response, 'Docker-Content-Digest', other);
    case 'foreign-link':
      return withHeader(response, 'Link', link =>
        link.replace('</', `<${new URL(effect.origin).origin}/`),
      );
    case 'foreign-realm':
      return withHeader(response, 'WWW-Authenticate', challenge =>
        challenge.replace(
          /realm="[^"]*"/,
          `realm="${new URL('/token', effect.origin).href}"`,
        ),
      );
    default:
      return response;
  }
}

function withHeader(
  response: RegistryResponse,
  name: string,
  change: (value: string) => string,
): RegistryResponse {
  const value = response.headers[name];
  return typeof value === 'string'
    ? { ...response, headers: { ...response.headers, [name]: change(value) } }
    : response;
}

/** A digest of the right form that belongs to other content. */
function other(digest: string): string {
  return `sha256:${createHash('sha256').update(digest).digest('hex')}`;
}

function changeLastByte(body: Buffer): Buffer {
  const changed = Buffer.from(body);
  if (changed.length > 0) {
    changed[changed.length - 1] ^= 1;
  }
  return changed;
}
