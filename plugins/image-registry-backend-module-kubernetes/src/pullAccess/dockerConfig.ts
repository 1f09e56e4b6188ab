import { KubernetesObject } from '../workloads/objects';

/** A secret as the API sends it. */
export interface SecretObject extends KubernetesObject {
  type?: string;
  /** Values in base64. */
  data?: Record<string, string>;
}

/** Type of the secrets that the portal makes. */
export const PULL_SECRET_TYPE = 'kubernetes.io/dockerconfigjson';
/** The only key of such a secret. */
export const PULL_SECRET_KEY = '.dockerconfigjson';

const LEGACY_TYPE = 'kubernetes.io/dockercfg';
const LEGACY_KEY = '.dockercfg';

/** A login in a Docker configuration, without the login itself. */
export interface DockerConfigEntry {
  /** Host, or host with path, as it is written. */
  key: string;
  /** A user and a password can be read from it. */
  usable: boolean;
}

/**
 * The registries a secret has logins for.
 * @returns undefined when it is of another type or cannot be read
 */
export function readDockerConfig({
  type,
  data = {},
}: SecretObject): DockerConfigEntry[] | undefined {
  switch (type) {
    case PULL_SECRET_TYPE:
      return entriesOf(property(decode(data[PULL_SECRET_KEY]), 'auths'));
    case LEGACY_TYPE:
      return entriesOf(decode(data[LEGACY_KEY]));
    default:
      return undefined;
  }
}

/** The data of a pull secret with one login, in base64. */
export function writeDockerConfig(
  key: string,
  { username, password }: { username: string; password: string },
): string {
  const auth = base64(`${username}:${password}`);
  return base64(
    JSON.stringify({ auths: { [key]: { username, password, auth } } }),
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function decode(encoded: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(encoded ?? '', 'base64').toString('utf8'));
  } catch {
    // The parser's own words would quote what is in the secret.
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): DockerConfigEntry[] | undefined {
  return isObject(value)
    ? Object.entries(value).map(([key, login]) => ({
        key,
        usable: isLogin(login),
      }))
    : undefined;
}

function isLogin(login: unknown): boolean {
  const user = property(login, 'username');
  const password = property(login, 'password');
  if (typeof user === 'string' && typeof password === 'string') {
    return password !== '';
  }
  const auth = property(login, 'auth');
  return (
    typeof auth === 'string' &&
    Buffer.from(auth, 'base64').toString('utf8').includes(':')
  );
}
