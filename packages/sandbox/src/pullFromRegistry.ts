import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ImageResolution, RegistryLogin } from './kubernetes';

/** Which registry is asked, and how. */
export interface PulledRegistry {
  /** `http://host:port` or `https://host:port`. */
  url: string;
  /** Names under which images of it are known. */
  hosts: string[];
  /** PEM that its certificate is checked with. */
  ca?: string;
}

interface RegistryAnswer {
  status: number;
  challenge?: string;
  digest?: string;
  body: string;
}

const REFERENCE = /^([^/]+)\/([^:@]+)(?::([^:@/]+))?(?:@(.+))?$/;

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Pulls as a node would: the manifest by HEAD, anonymously or with the logins
 * one after the other, through whatever the registry answers with.
 */
export async function pullFromRegistry(
  registry: PulledRegistry,
  image: string,
  logins: readonly RegistryLogin[],
): Promise<ImageResolution> {
  const match = REFERENCE.exec(image);
  if (!match || !registry.hosts.includes(match[1])) {
    return 'unknown';
  }
  const [, host, repository, tag, digest] = match;
  const path = `/v2/${repository}/manifests/${digest ?? tag ?? 'latest'}`;
  let answer = await ask(registry, path);
  for (const login of answer.status === 401 ? logins : []) {
    answer = await askAs(registry, path, login, answer.challenge);
    if (answer.status !== 401) {
      break;
    }
  }
  if (answer.status === 401 && logins.length === 0) {
    answer = await askAnonymously(registry, path, answer);
  }
  return resolution(answer, `${registry.url}${path}`, host);
}

function resolution(
  { status, digest }: RegistryAnswer,
  url: string,
  host: string,
): ImageResolution {
  if (status === 200) {
    return digest ? { digest } : 'exists';
  }
  if (status === 404) {
    return 'missing';
  }
  if (status === 401 || status === 403) {
    return {
      refused: `pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials for ${host}`,
    };
  }
  const names: Record<number, string> = {
    412: 'Precondition Failed',
    429: 'Too Many Requests',
    500: 'Internal Server Error',
    502: 'Bad Gateway',
    503: 'Service Unavailable',
  };
  return {
    refused: `unexpected status from HEAD request to ${url}: ${status} ${
      names[status] ?? ''
    }`.trim(),
  };
}

function ask(
  registry: PulledRegistry,
  path: string,
  authorization?: string,
): Promise<RegistryAnswer> {
  return send(registry, new URL(path, registry.url), 'HEAD', {
    accept: MANIFEST_TYPES,
    ...(authorization && { authorization }),
  });
}

async function askAs(
  registry: PulledRegistry,
  path: string,
  { username, password }: RegistryLogin,
  challenge: string = '',
): Promise<RegistryAnswer> {
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString(
    'base64',
  )}`;
  if (!/^bearer/i.test(challenge)) {
    return ask(registry, path, basic);
  }
  const token = await fetchToken(registry, challenge, basic);
  return token
    ? ask(registry, path, `Bearer ${token}`)
    : { status: 401, challenge, body: '' };
}

/** A realm may give tokens for public images to anybody. */
async function askAnonymously(
  registry: PulledRegistry,
  path: string,
  refused: RegistryAnswer,
): Promise<RegistryAnswer> {
  const token = /^bearer/i.test(refused.challenge ?? '')
    ? await fetchToken(registry, refused.challenge ?? '')
    : undefined;
  return token ? ask(registry, path, `Bearer ${token}`) : refused;
}

async function fetchToken(
  registry: PulledRegistry,
  challenge: string,
  authorization?: string,
): Promise<string | undefined> {
  const parameters = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const url = new URL(parameters.realm ?? '/token', registry.url);
  for (const name of ['service', 'scope']) {
    if (parameters[name]) {
      url.searchParams.set(name, parameters[name]);
    }
  }
  const { status, body } = await send(
    registry,
    url,
    'GET',
    authorization ? { authorization } : {},
  );
  return status === 200
    ? (JSON.parse(body) as { token?: string }).token
    : undefined;
}

function send(
  { ca }: PulledRegistry,
  url: URL,
  method: string,
  headers: Record<string, string>,
): Promise<RegistryAnswer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      { method, headers, ...(ca && { ca }) },
      response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          body += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            challenge: response.headers['www-authenticate'],
            digest:
              String(response.headers['docker-content-digest'] ?? '') ||
              undefined,
            body,
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}
