/**
 * Base URL of a GitLab, from what a person typed: without its API's path and
 * without a slash at the end.
 *
 * @returns undefined for what is no http URL, or has more than a path
 */
export function gitlabAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const written = /^[a-z]+:\/\//i.test(trimmed)
    ? trimmed
    : `https://${trimmed}`;
  if (!trimmed || !URL.canParse(written)) {
    return undefined;
  }
  const { protocol, origin, pathname, username, search, hash } = new URL(
    written,
  );
  return ['http:', 'https:'].includes(protocol) && !username && !search && !hash
    ? `${origin}${pathname.replace(/\/+$/, '').replace(/\/api(\/v4)?$/, '')}`
    : undefined;
}

/** Base URL of the GitLab whose token service this is; undefined for others. */
export function gitlabOfTokenService(
  realm: URL | undefined,
): string | undefined {
  const [, prefix] = /^(.*)\/jwt\/auth$/.exec(realm?.pathname ?? '') ?? [];
  return realm && prefix !== undefined ? `${realm.origin}${prefix}` : undefined;
}
