import { Pod, StringMap } from '../objects';
import { secrets } from '../resources/kinds';
import { ObjectStore } from '../storage/object-store';

/** A user and a password that a node may pull with. */
export interface RegistryLogin {
  username: string;
  password: string;
}

/** What a pod's pull secrets give for an image, and which are missing. */
export interface Keyring {
  logins: RegistryLogin[];
  missing: string[];
}

interface DockerLogin {
  username?: string;
  password?: string;
  auth?: string;
}

const DEFAULT_REGISTRY = 'index.docker.io';

/**
 * The logins of a pod for an image, in the order in which the kubelet tries
 * them: every secret's entry whose host, port and path fit.
 */
export function keyringOf(
  store: ObjectStore,
  pod: Pod,
  image: string,
): Keyring {
  const logins: RegistryLogin[] = [];
  const missing: string[] = [];
  for (const { name } of pod.spec.imagePullSecrets ?? []) {
    const secret = store.get(secrets, pod.metadata.namespace, name);
    if (secret) {
      logins.push(...loginsIn(secret, image));
    } else {
      missing.push(name);
    }
  }
  return { logins, missing };
}

function loginsIn(
  secret: { [field: string]: unknown },
  image: string,
): RegistryLogin[] {
  const data = (secret.data ?? {}) as StringMap;
  const entries = Object.entries(
    data['.dockerconfigjson'] !== undefined
      ? (decode(data['.dockerconfigjson']).auths as object) ?? {}
      : decode(data['.dockercfg'] ?? 'e30='),
  ) as [string, DockerLogin][];
  const fitting = entries.filter(([key]) => fits(key, image));
  return fitting.flatMap(([, login]) => {
    const read = readLogin(login);
    return read ? [read] : [];
  });
}

function decode(text: string): { [field: string]: unknown } {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString()) as {
      [field: string]: unknown;
    };
  } catch {
    // A kubelet ignores what it cannot read.
    return {};
  }
}

function readLogin({
  username,
  password,
  auth,
}: DockerLogin): RegistryLogin | undefined {
  if (username !== undefined && password !== undefined) {
    return { username, password };
  }
  const text = Buffer.from(auth ?? '', 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0
    ? undefined
    : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function fits(key: string, image: string): boolean {
  const place = key.replace(/^https?:\/\//, '').replace(/\/v[12]\/?$/, '');
  const [host, ...path] = place.split('/');
  const [imageHost, ...imagePath] = withHost(image).split('/');
  const wantedPath = path.filter(step => step !== '').join('/');
  if (host === DEFAULT_REGISTRY && imageHost === 'docker.io') {
    return true;
  }
  return (
    hostFits(host, imageHost) && imagePath.join('/').startsWith(wantedPath)
  );
}

function withHost(image: string): string {
  const first = image.split('/')[0];
  const hasHost =
    image.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return hasHost ? image : `docker.io/${image}`;
}

function hostFits(pattern: string, host: string): boolean {
  const [names, port] = pattern.split(':');
  const [imageNames, imagePort] = host.split(':');
  const parts = names.split('.');
  const imageParts = imageNames.split('.');
  return (
    port === imagePort &&
    parts.length === imageParts.length &&
    parts.every((part, index) => globOf(part).test(imageParts[index]))
  );
}

function globOf(part: string): RegExp {
  const escaped = part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
}
