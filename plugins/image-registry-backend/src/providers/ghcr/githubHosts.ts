/** The hosts of one GitHub: its registry, its API, its pages. */
export interface GithubHosts {
  /** Base URL of the REST API, no slash at the end. */
  apiUrl: string;
  /** Base URL of the pages, no slash at the end. */
  webUrl: string;
}

/**
 * What belongs to a container registry of GitHub: ghcr.io, a GitHub Enterprise
 * Server with subdomain isolation (`containers.<host>`), or GitHub Enterprise
 * Cloud with data residency (`containers.<name>.ghe.com`).
 *
 * @returns undefined for any other host
 */
export function githubHostsOf(registryHost: string): GithubHosts | undefined {
  if (registryHost === 'ghcr.io') {
    return { apiUrl: 'https://api.github.com', webUrl: 'https://github.com' };
  }
  const [, host] = /^containers\.(.+)$/.exec(registryHost) ?? [];
  if (!host) {
    return undefined;
  }
  return {
    apiUrl: host.endsWith('.ghe.com')
      ? `https://api.${host}`
      : `https://${host}/api/v3`,
    webUrl: `https://${host}`,
  };
}
