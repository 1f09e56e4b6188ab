import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';

/** Configuration key that errors about token services name. */
export const trustedRealmsConfigKey = 'imageRegistry.outgoing.trustedRealms';

/** Token services that are known to belong to a registry of another host. */
const knownRealms: Readonly<Record<string, readonly string[]>> = {
  'auth.docker.io': [
    'docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'registry.hub.docker.com',
  ],
  'gitlab.com': ['registry.gitlab.com'],
};

/** For whom a realm is checked. */
export interface RealmRules {
  title: string;
  /** The URL that answered with the challenge. */
  requestUrl: URL;
  sendsCredentials: boolean;
  /** Hosts (`host` or `host:port`) that an operator declared as token services. */
  trustedRealms: readonly string[];
}

function isTrusted(realm: URL, { requestUrl, trustedRealms }: RealmRules) {
  return (
    realm.hostname === requestUrl.hostname ||
    Boolean(knownRealms[realm.hostname]?.includes(requestUrl.hostname)) ||
    trustedRealms.includes(realm.hostname) ||
    trustedRealms.includes(realm.host)
  );
}

/**
 * Decides whether a token may be fetched from where a challenge says. A
 * registry can name any realm, so credentials go to the registry's own host,
 * a known companion, or one that an operator declared, and nowhere else.
 *
 * @throws RegistryError `invalid-response` or `forbidden-address`
 */
export function checkRealm(realm: string | undefined, rules: RealmRules): URL {
  const { title, requestUrl, sendsCredentials } = rules;
  if (!realm || !URL.canParse(realm, requestUrl)) {
    throw new RegistryError(
      'invalid-response',
      `${title}: ${requestUrl.host} asks for a token but does not say where to get it`,
    );
  }
  const url = new URL(realm, requestUrl);
  if (requestUrl.protocol === 'https:' && url.protocol !== 'https:') {
    throw new RegistryError(
      'forbidden-address',
      `${title}: ${requestUrl.host} sends sign-ins to ${url.host} without https`,
      {
        hint: advise(
          'correct-realm',
          'Correct the realm in the configuration of the registry',
        ),
      },
    );
  }
  if (sendsCredentials && !isTrusted(url, rules)) {
    throw new RegistryError(
      'forbidden-address',
      `${title}: ${requestUrl.host} sends sign-ins to another host, ${url.host}; the credentials were not sent there`,
      {
        hint: advise(
          'trust-realm',
          `If that is its token service, add ${url.host} to ${trustedRealmsConfigKey}`,
          { host: url.host, key: trustedRealmsConfigKey },
        ),
      },
    );
  }
  return url;
}
