/** A host with its port, both canonical. */
export interface HostAndPort {
  /** Lower case; IPv6 in brackets and in its shortest form. */
  host: string;
  port?: number;
}

/** The name of Docker Hub in references. */
export const DOCKER_HUB = 'docker.io';

/** Serves Docker Hub's distribution API; `docker.io` itself is a web site. */
export const DOCKER_HUB_API_HOST = 'registry-1.docker.io';

const dockerHubHosts: ReadonlySet<string> = new Set([
  DOCKER_HUB,
  DOCKER_HUB_API_HOST,
  'index.docker.io',
  'registry.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
]);

/** Whether a canonical host is one of the names under which Docker Hub is known. */
export function isDockerHubHost(host: string): boolean {
  return dockerHubHosts.has(host);
}

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const hostPattern = new RegExp(
  `^(\\[[0-9a-f:.]+\\]|${label}(?:\\.${label})*)\\.?(?::([0-9]{1,5}))?$`,
);

/**
 * Reads `host` or `host:port`.
 * @returns undefined when the text is neither, or its port is out of range
 */
export function parseHost(text: string): HostAndPort | undefined {
  const match = hostPattern.exec(text.toLowerCase());
  if (!match) {
    return undefined;
  }
  const port = match[2] === undefined ? undefined : Number(match[2]);
  if (port !== undefined && (port < 1 || port > 65535)) {
    return undefined;
  }
  try {
    // The URL parser brings every spelling of an IP address to one form.
    const host = new URL(`http://${match[1]}`).hostname;
    return port === undefined ? { host } : { host, port };
  } catch {
    return undefined;
  }
}

/** Whether Docker takes this host for a registry when no port follows it. */
function isHostWithoutPort(host: string): boolean {
  return host === 'localhost' || host.includes('.') || host.includes(':');
}

/**
 * The registry part of references for a host: Docker Hub's one name for all
 * of its hosts, and a port where Docker would otherwise take the host for the
 * first part of a repository.
 *
 * @param defaultPort - written for such a host when no port is given
 */
export function registryOf(
  { host, port }: HostAndPort,
  defaultPort: number = 443,
): string {
  if (isDockerHubHost(host) && (port === undefined || port === 443)) {
    return DOCKER_HUB;
  }
  if (port !== undefined) {
    return `${host}:${port}`;
  }
  return isHostWithoutPort(host) ? host : `${host}:${defaultPort}`;
}

/**
 * Whether a host matches a pattern: an exact name, or `*.` and a suffix for
 * all names below it.
 */
export function matchesHostPattern(pattern: string, host: string): boolean {
  return pattern.startsWith('*.')
    ? host.length > pattern.length - 1 && host.endsWith(pattern.slice(1))
    : pattern === host;
}
