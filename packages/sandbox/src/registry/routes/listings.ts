import { createHash } from 'node:crypto';
import { compareRepositories } from '../content/ContentStore';
import { RegistryError } from '../protocol/RegistryError';
import { RegistryContext } from './RegistryContext';
import { jsonResponse, RegistryRequest, RegistryResponse } from './exchange';

/** Entries of a catalog page when `n` is absent, and the most `n` may ask. */
const CATALOG_DEFAULT = 100;
const CATALOG_MAXIMUM = 1000;

/** `GET /v2/_catalog`: a Docker route outside of the OCI specification. */
export function listCatalog(
  context: RegistryContext,
  request: RegistryRequest,
): RegistryResponse {
  const size = pageSize(request.url, CATALOG_MAXIMUM) ?? CATALOG_DEFAULT;
  const last = request.url.searchParams.get('last');
  const following = context.content
    .listRepositories({
      includeBlobOnly: context.behavior.catalogListsBlobOnly,
    })
    .filter(name => !last || compareRepositories(name, last) > 0);
  const repositories = following.slice(0, size);
  return jsonResponse(
    200,
    { repositories },
    nextLink('/v2/_catalog', repositories, following.length, size),
  );
}

/** `GET /v2/{name}/tags/list`. */
export function listTags(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
): RegistryResponse {
  const { behavior, content } = context;
  const sorted = content.listTags(repository);
  if (!sorted) {
    throw new RegistryError('NAME_UNKNOWN', { name: repository });
  }
  const all = behavior.sortedTags ? sorted : scatter(sorted);
  if (!behavior.tagPaging) {
    return jsonResponse(200, { name: repository, tags: orNull(context, all) });
  }
  const asked = pageSize(request.url, Number.MAX_SAFE_INTEGER);
  const size = behavior.mostTagsOfPage
    ? Math.min(asked ?? Infinity, behavior.mostTagsOfPage)
    : asked;
  const last = request.url.searchParams.get('last');
  const following = all.filter(tag => !last || tag > last);
  const tags = following.slice(0, size ?? following.length);
  return jsonResponse(
    200,
    { name: repository, tags: orNull(context, tags) },
    size === undefined
      ? {}
      : nextLink(`/v2/${repository}/tags/list`, tags, following.length, size),
  );
}

/** `null` is what 2.8 and GHCR put on the wire for no tags. */
function orNull(context: RegistryContext, tags: string[]) {
  return tags.length === 0 && context.behavior.emptyTags === 'null'
    ? null
    : tags;
}

function pageSize(url: URL, maximum: number): number | undefined {
  const text = url.searchParams.get('n');
  if (!text) {
    return undefined;
  }
  const size = Number(text);
  if (!/^\d+$/.test(text) || size > maximum) {
    throw new RegistryError('PAGINATION_NUMBER_INVALID', { n: text });
  }
  return size;
}

function nextLink(
  path: string,
  page: string[],
  available: number,
  size: number,
): Record<string, string> {
  if (page.length === 0 || page.length >= available) {
    return {};
  }
  const query = new URLSearchParams({
    last: page[page.length - 1],
    n: String(size),
  });
  return { Link: `<${path}?${query}>; rel="next"` };
}

/** A stable order that is not lexical, like that of a folder on a disk. */
function scatter(tags: string[]): string[] {
  const key = (tag: string) => createHash('sha256').update(tag).digest('hex');
  return tags
    .map(tag => ({ tag, key: key(tag) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(each => each.tag);
}
