import { Reason } from '../reason';
import { InvalidRegistryAddressError } from './errors';
import {
  DOCKER_HUB_API_HOST,
  HostAndPort,
  isDockerHubHost,
  parseHost,
  registryOf,
} from './host';
import { isKnownPublicHost } from './knownHosts';
import { referenceReason, ReferenceReasonCode } from './reasons';

/** Where a registry is, understood from what a person wrote. */
export interface RegistryAddress {
  scheme: 'https' | 'http';
  /** Lower case; IPv6 in brackets. On Docker Hub the host of its API. */
  host: string;
  /** Absent when it is the scheme's own port. */
  port?: number;
  /** Prefix in front of `/v2/`: empty, or `/` and parts without a slash at the end. */
  path: string;
  /** Scheme, host, port and path; no slash at the end. What is stored. */
  url: string;
  /** Host and port as image references name it. */
  registry: string;
  /** What the path of a known public host names: a namespace, not a prefix. */
  namespace?: string;
  /** What was changed or assumed, in the order of the address. */
  warnings: Reason[];
}

/**
 * Reads a registry's address in any of the spellings people use: with and
 * without scheme, Docker Hub by any of its hosts, with the API's or a web
 * page's path. Parsing its own `url` again gives the same address.
 *
 * @throws InvalidRegistryAddressError naming what is wrong
 */
export function parseRegistryAddress(text: string): RegistryAddress {
  const trimmed = text.trim();
  checkCharacters(trimmed);
  const { scheme: written, rest } = splitScheme(trimmed);
  checkParts(rest);

  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const { host, port } = parseAuthority(authority);
  const warnings: Reason[] = [];
  const scheme = chooseScheme(written, host, warnings);
  const { path, namespace } = readPath(
    host,
    slash < 0 ? '' : rest.slice(slash),
    warnings,
  );
  return assemble({ scheme, host, port, path, namespace, warnings });
}

function fail(
  code: ReferenceReasonCode,
  message: string,
  params?: Record<string, string>,
): InvalidRegistryAddressError {
  return new InvalidRegistryAddressError(
    referenceReason(code, message, params),
  );
}

function checkCharacters(text: string): void {
  if (text === '') {
    throw fail('address-empty', 'The address is empty');
  }
  if (/[\s\p{Cc}]/u.test(text)) {
    throw fail('address-has-space', 'The address contains a space');
  }
}

function splitScheme(text: string): {
  scheme?: 'https' | 'http';
  rest: string;
} {
  const match =
    /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ??
    // A colon before digits introduces a port, not a scheme: localhost:5000.
    /^(data|file|https?|javascript):(?![0-9])/i.exec(text);
  if (!match) {
    return { rest: text };
  }
  const scheme = match[1].toLowerCase();
  if (scheme !== 'https' && scheme !== 'http') {
    throw fail(
      'address-has-scheme',
      `An address begins with https:// or http://, not with ${scheme}:`,
      { scheme },
    );
  }
  return { scheme, rest: text.slice(match[0].length) };
}

/** Refuses what no address holds; nothing of it is repeated in the message. */
function checkParts(rest: string): void {
  if (rest.includes('@')) {
    throw /@sha(?:256|512):/.test(rest)
      ? imageGiven()
      : fail(
          'address-has-credentials',
          'The address contains a user name or password; enter them in their own fields',
        );
  }
  if (rest.includes('?')) {
    throw fail('address-has-query', 'The address contains a query after "?"');
  }
  if (rest.includes('#')) {
    throw fail(
      'address-has-fragment',
      'The address contains a fragment after "#"',
    );
  }
}

function imageGiven(): InvalidRegistryAddressError {
  return fail(
    'address-is-image',
    'This names an image; the address of a registry has no tag and no digest',
  );
}

function parseAuthority(authority: string): HostAndPort {
  const parsed = parseHost(authority);
  if (parsed) {
    return parsed;
  }
  const port = /:([^:\]]*)$/.exec(authority);
  const host = port ? authority.slice(0, port.index) : authority;
  if (port && parseHost(host)) {
    throw fail(
      'address-invalid-port',
      `"${port[1]}" is not a port; expected a number from 1 to 65535`,
      { port: port[1] },
    );
  }
  throw fail(
    'address-invalid-host',
    authority === ''
      ? 'The address names no host'
      : `"${authority}" is not the name or IP address of a host`,
    { host: authority },
  );
}

function chooseScheme(
  written: 'https' | 'http' | undefined,
  host: string,
  warnings: Reason[],
): 'https' | 'http' {
  if (written === 'http' && isKnownPublicHost(host)) {
    warnings.push(
      referenceReason(
        'address-upgraded-to-https',
        `${host} is only used by https, so http was changed to https`,
        { host },
      ),
    );
    return 'https';
  }
  if (written === 'http') {
    warnings.push(
      referenceReason(
        'address-plain-http',
        `What is sent to ${host} by http can be read and changed on the way`,
        { host },
      ),
    );
    return 'http';
  }
  if (written === undefined && isLoopback(host)) {
    warnings.push(
      referenceReason(
        'address-assumed-http',
        `Without a scheme http is assumed for ${host}; write https:// if it serves TLS`,
        { host },
      ),
    );
    return 'http';
  }
  return 'https';
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127\.[0-9.]+$/.test(host)
  );
}

const apiPathPattern = /(?:^|\/)v[12](?:\/_catalog)?$/;
const harborPagePattern = /^harbor\/(?:projects|sign-in)(?:\/.*)?$/;
const dockerHubPagePattern =
  /^(?:(r|u|orgs)\/([^/]+)|repository\/(docker)\/([^/]+)|(_)\/[^/]+)(?:\/.*)?$/;
const pathPattern =
  /^[A-Za-z0-9_~][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~][A-Za-z0-9._~-]*)*$/;

function readPath(
  host: string,
  written: string,
  warnings: Reason[],
): { path: string; namespace?: string } {
  const whole = written.replace(/^\/+/, '').replace(/\/+$/, '');
  if (whole.includes(':')) {
    throw imageGiven();
  }
  const path = removeKnownEndings(host, whole, warnings);
  if (path === '') {
    return { path };
  }
  if (!pathPattern.test(path)) {
    throw fail('address-invalid-path', `"/${path}" is not a path prefix`, {
      path: `/${path}`,
    });
  }
  if (isKnownPublicHost(host)) {
    warnings.push(
      referenceReason(
        'address-path-is-namespace',
        `${host} has no path prefix, so "${path}" was taken for the namespace`,
        { host, namespace: path },
      ),
    );
    return { path: '', namespace: path };
  }
  warnings.push(
    referenceReason(
      'address-path-is-prefix',
      `"/${path}" is taken for a prefix in front of /v2/; a project or namespace belongs into its own field`,
      { path: `/${path}` },
    ),
  );
  return { path: `/${path}` };
}

/** Removes what was pasted from an API call or from a browser. */
function removeKnownEndings(
  host: string,
  path: string,
  warnings: Reason[],
): string {
  if (apiPathPattern.test(path)) {
    warnings.push(
      referenceReason(
        'address-api-path-removed',
        'The path of the API at the end was removed; it is added to every request',
      ),
    );
    return path.replace(apiPathPattern, '');
  }
  const hubPage = isDockerHubHost(host) && dockerHubPagePattern.exec(path);
  if (hubPage || harborPagePattern.test(path)) {
    warnings.push(
      referenceReason(
        'address-web-page-removed',
        'The path of a web page was removed',
      ),
    );
    if (!hubPage) {
      return '';
    }
    return hubPage[5] ? 'library' : hubPage[2] ?? hubPage[4];
  }
  return path;
}

function assemble(parts: {
  scheme: 'https' | 'http';
  host: string;
  port: number | undefined;
  path: string;
  namespace: string | undefined;
  warnings: Reason[];
}): RegistryAddress {
  const { scheme, path, namespace, warnings } = parts;
  const defaultPort = scheme === 'https' ? 443 : 80;
  const ownPort =
    parts.port === defaultPort ||
    // Port 80 of a host that only speaks https was part of the http spelling.
    (parts.port === 80 && isKnownPublicHost(parts.host));
  const port = ownPort ? undefined : parts.port;
  const registry = registryOf({ host: parts.host, port }, defaultPort);
  const host =
    isDockerHubHost(parts.host) && port === undefined
      ? DOCKER_HUB_API_HOST
      : parts.host;
  return {
    scheme,
    host,
    ...(port !== undefined && { port }),
    path,
    url: `${scheme}://${host}${port === undefined ? '' : `:${port}`}${path}`,
    registry,
    ...(namespace !== undefined && { namespace }),
    warnings,
  };
}
