/** One link of a `Link` header (RFC 8288). */
interface WebLink {
  target: string;
  relations: string[];
}

const linkPattern =
  /<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,]*))?)*)/g;
const relationPattern = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i;

function parseLinks(header: string): WebLink[] {
  return [...header.matchAll(linkPattern)].map(([, target, parameters]) => {
    const relation = relationPattern.exec(parameters);
    return {
      target,
      relations: (relation?.[1] ?? relation?.[2] ?? '')
        .toLowerCase()
        .split(/\s+/),
    };
  });
}

/**
 * The query of the next page, without the question mark.
 *
 * Only the query is taken. The next page of a listing is always at the path
 * that gave this one; what else a Link names is wrong where a proxy added a
 * prefix or an inner host name shows through, and dangerous where a registry
 * wants us to call somebody else.
 *
 * @returns undefined when there is no next page
 */
export function nextPageQuery(
  header: string | undefined,
  requestUrl: string,
): string | undefined {
  const next = parseLinks(header ?? '').find(({ relations }) =>
    relations.includes('next'),
  );
  if (!next || !URL.canParse(next.target, requestUrl)) {
    return undefined;
  }
  return new URL(next.target, requestUrl).search.slice(1);
}
