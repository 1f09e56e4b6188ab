/** Encodes a value as RFC 3986 wants it, which signatures are over. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A query in the order of its names; what is undefined is left out. */
export function encodeQuery(
  parameters: Readonly<Record<string, string | number | undefined>>,
): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) =>
      value === undefined
        ? []
        : [`${encodeRfc3986(name)}=${encodeRfc3986(String(value))}`],
    )
    .sort()
    .join('&');
}

/** The query of a URL as it is sent, in the order that signatures are over. */
export function canonicalQuery(url: URL): string {
  return url.search
    .slice(1)
    .split('&')
    .filter(Boolean)
    .map(pair => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&');
}
