import { DOCKER_HUB } from '@slipway/backstage-plugin-image-registry-common';

/** The key under which kubelets and Docker look for Docker Hub's login. */
export const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

/** Docker Hub in references, and by the name that its login is kept under. */
const DOCKER_HUB_KEY_HOST = 'index.docker.io';

function isDockerHub({ host }: RegistryKey): boolean {
  return host === DOCKER_HUB || host === DOCKER_HUB_KEY_HOST;
}

/** A registry as a key of a Docker configuration names it. */
export interface RegistryKey {
  /** May hold the wildcards `*` and `?` within each name. */
  host: string;
  port?: string;
  /** Without slashes at its ends. */
  path: string;
}

/**
 * Reads a key as the kubelet does: a scheme does not count, nor `/v1/` or
 * `/v2/` in front of the path
 * (https://kubernetes.io/docs/concepts/containers/images/#config-json).
 */
export function parseRegistryKey(key: string): RegistryKey {
  const [authority, ...steps] = key
    .trim()
    .replace(/^https?:\/\//, '')
    .split('/');
  if (/^v[12]$/.test(steps[0] ?? '') && steps.length > 1) {
    steps.shift();
  }
  const port = /:(\d+)$/.exec(authority)?.[1];
  return {
    host: port ? authority.slice(0, -port.length - 1) : authority,
    port,
    path: steps.filter(step => step !== '').join('/'),
  };
}

/**
 * Whether the kubelet would try a key's login for images of a registry.
 * @param registry - `docker.io`, `host:port`, or a host with a path in front
 * of its repositories
 */
export function keyFits(key: string, registry: string): boolean {
  const wanted = parseRegistryKey(registry);
  const given = parseRegistryKey(key);
  if (isDockerHub(wanted)) {
    return given.host === DOCKER_HUB_KEY_HOST || fitsImages(given, wanted);
  }
  return fitsImages(given, wanted);
}

function fitsImages(given: RegistryKey, wanted: RegistryKey): boolean {
  const host = isDockerHub(wanted) ? DOCKER_HUB : wanted.host;
  return (
    given.port === wanted.port &&
    hostFits(given.host, host) &&
    wanted.path.startsWith(given.path)
  );
}

/** The key to write for a registry. */
export function keyFor(registry: string): string {
  return isDockerHub(parseRegistryKey(registry)) ? DOCKER_HUB_KEY : registry;
}

/** A wildcard stands for a part of one name, never for a dot. */
function hostFits(pattern: string, host: string): boolean {
  const patterns = pattern.split('.');
  const names = host.split('.');
  return (
    patterns.length === names.length &&
    patterns.every((part, index) => globFits(part, names[index]))
  );
}

function globFits(glob: string, text: string): boolean {
  const [first, ...rest] = [...glob];
  if (first === undefined) {
    return text === '';
  }
  if (first === '*') {
    return (
      globFits(rest.join(''), text) ||
      (text !== '' && globFits(glob, text.slice(1)))
    );
  }
  return (
    text !== '' &&
    (first === '?' || first === text[0]) &&
    globFits(rest.join(''), text.slice(1))
  );
}
