import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';

/** Who followed a URL, for the sentence of an error. */
export interface FollowedUrl {
  /** The vendor. */
  title: string;
  operation: string;
  /** URL of the request whose answer held it. */
  requestUrl: string;
}

/**
 * A URL that a vendor's answer gives, for example of the next page: followed
 * only to where the request went, because the credentials go with it.
 *
 * @param url - absolute, or relative to the request
 * @returns the absolute URL
 * @throws RegistryError `invalid-response` for another host, port or scheme
 */
export function sameHostUrl(
  url: string,
  { title, operation, requestUrl }: FollowedUrl,
): string {
  const asked = new URL(requestUrl);
  const could = `${title}: could not ${operation} at ${asked.host}`;
  if (!URL.canParse(url, asked)) {
    throw new RegistryError(
      'invalid-response',
      `${could}: what it gives as the next page is no URL`,
    );
  }
  const next = new URL(url, asked);
  if (next.origin !== asked.origin) {
    throw new RegistryError(
      'invalid-response',
      `${could}: the next page is said to be at ${next.origin}; it was not asked there`,
      {
        hint: advise(
          'change-address-or-public',
          'If that is the registry itself, change its address; behind a proxy, tell it its public address',
        ),
      },
    );
  }
  return next.href;
}
