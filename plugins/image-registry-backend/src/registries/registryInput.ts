import { X509Certificate } from 'node:crypto';
import { toError } from '@backstage/errors';
import {
  FormField,
  parseRegistryAddress,
  ProviderDescriptor,
  SIGN_IN_OPTION,
  TlsSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  because,
  parseProxyUrl,
  RegistryCredentials,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  FieldProblem,
  invalidField,
  invalidInput,
  neededField,
  toRegistryHttpError,
  unknownField,
} from '../http';
import { RegistryService } from './RegistryService';

/** What a person gives to say where a registry is and who signs in. */
export interface ConnectionInput {
  address: string;
  options: Record<string, string | boolean>;
  tls: TlsSettings;
  namespace?: string;
  credentials?: RegistryCredentials;
  allowInsecureCredentials?: boolean;
  /** Stored credentials stay as they are. */
  credentialsKept?: boolean;
}

/** The same, checked and in the form that is stored. */
export interface ConnectionSettings {
  address: string;
  options: Record<string, string | boolean>;
  tls: TlsSettings;
  namespace?: string;
  /** Absent when nothing is given: anonymous, or kept as they are. */
  credentials?: RegistryCredentials;
  /** The name that may be shown. */
  username?: string;
}

/** @throws InputError when no such provider is installed */
export function readProvider(
  registries: Pick<RegistryService, 'providers'>,
  id: string,
): RegistryProvider {
  const providers = registries.providers();
  const provider = providers.find(({ descriptor }) => descriptor.id === id);
  if (!provider) {
    const known = providers.map(({ descriptor }) => descriptor.id).join(', ');
    throw invalidField(
      'provider',
      because(
        'kind-not-installed',
        `"${id}" is not installed; installed are ${known}`,
        { id, known },
      ),
    );
  }
  return provider;
}

/**
 * Checks where a registry is and who signs in, by its provider's form.
 * @throws InputError naming each wrong field, never with a secret
 */
export function readConnection(
  provider: RegistryProvider,
  input: ConnectionInput,
  guard: AddressGuard,
): ConnectionSettings {
  const parsed = parseRegistryAddress(input.address);
  const address = provider.normalizeAddress?.(input.address) ?? parsed.url;
  const credentials = withoutEmpty(input.credentials);
  checkAllowed(address, guard);
  checkCertificate(input.tls);
  checkFields(provider, { ...input, address, credentials });
  if (credentials && isPlainHttp(address) && !input.allowInsecureCredentials) {
    throw invalidField(
      'credentials',
      because(
        'password-over-http',
        'a password over plain http can be read on the way; use https, or say yes with allowInsecureCredentials',
      ),
    );
  }
  const namespace = input.namespace || parsed.namespace;
  return {
    address,
    options: input.options,
    tls: input.tls,
    ...(namespace && { namespace }),
    ...(credentials && { credentials }),
    ...usernameOf(provider.descriptor, credentials),
  };
}

/**
 * Checks the host that clusters pull from.
 * @returns it in the form that is stored
 */
export function readPullAddress(
  text: string | undefined,
  guard: AddressGuard,
): string | undefined {
  if (!text) {
    return undefined;
  }
  const { url } = parseRegistryAddress(text);
  checkAllowed(url, guard);
  return url;
}

/**
 * Checks the proxy of one registry.
 * @returns it in the form that is stored: scheme, host and port
 * @throws InputError
 */
export function readProxy(
  text: string | undefined,
  guard: AddressGuard,
): string | undefined {
  if (!text) {
    return undefined;
  }
  let url: URL;
  try {
    url = parseProxyUrl(text);
  } catch (error) {
    const { message } = toError(error);
    throw invalidField(
      'proxy',
      because('proxy-address-invalid', message, { detail: message }),
    );
  }
  checkAllowed(url.origin, guard);
  return url.origin;
}

/**
 * With an identity of the backend itself, nobody may stand in between.
 * @throws InputError naming what must not be given
 */
export function requireDirect(
  { descriptor }: RegistryProvider,
  connection: Pick<ConnectionInput, 'options' | 'tls'> & { proxy?: string },
): void {
  const methods = descriptor.form.methods ?? [];
  const chosen = connection.options[SIGN_IN_OPTION] ?? methods[0]?.id;
  const method = methods.find(({ id }) => id === chosen);
  if (!method?.ownIdentity) {
    return;
  }
  const given = [
    connection.proxy && 'proxy',
    connection.tls.caCertificate && 'tls.caCertificate',
    !connection.tls.verify && 'tls.verify',
  ].filter(Boolean);
  if (given.length) {
    throw invalidField(
      given.join(', '),
      because(
        'own-identity-direct',
        `not with "${method.label}": whoever stands in between would see the logins of the backend itself; such settings belong into app-config`,
      ),
    );
  }
}

/** The name in credentials that the form does not call a secret. */
export function usernameOf(
  descriptor: ProviderDescriptor,
  credentials: RegistryCredentials | undefined,
): { username?: string } {
  const field = descriptor.form.fields.find(
    ({ in: place, type }) => place === 'credentials' && type === 'text',
  );
  const username = field && credentials?.[field.name];
  return username ? { username } : {};
}

function checkAllowed(address: string, guard: AddressGuard): void {
  try {
    guard.checkUrl(address, { ownHost: new URL(address).hostname });
  } catch (error) {
    throw toRegistryHttpError(error);
  }
}

function checkCertificate({ caCertificate }: TlsSettings): void {
  if (caCertificate !== undefined && !isCertificate(caCertificate)) {
    throw invalidField(
      'tls.caCertificate',
      because(
        'certificate-not-pem',
        'is not a certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----',
      ),
    );
  }
}

/** Reads the first of several. */
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** An empty field of a form is none. */
function withoutEmpty(
  credentials: RegistryCredentials | undefined,
): RegistryCredentials | undefined {
  const given = Object.entries(credentials ?? {}).filter(
    ([, value]) => value !== '',
  );
  return given.length ? Object.fromEntries(given) : undefined;
}

function isPlainHttp(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  const isLoopback =
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\./.test(hostname);
  // Loopback was listed in app-config, and is read by nobody on the way.
  return protocol === 'http:' && !isLoopback;
}

/** The fields of the chosen sign-in method, and those of none. */
function fieldsInUse(
  { form }: ProviderDescriptor,
  options: Readonly<Record<string, string | boolean>>,
  problems: FieldProblem[],
): FormField[] {
  const methods = form.methods ?? [];
  const chosen = options[SIGN_IN_OPTION] ?? methods[0]?.id;
  if (chosen !== undefined && !methods.some(({ id }) => id === chosen)) {
    const known = methods.map(({ id }) => id).join(', ');
    problems.push(
      methods.length
        ? {
            path: `options.${SIGN_IN_OPTION}`,
            reason: because('must-be-one-of', `must be one of ${known}`, {
              known,
            }),
          }
        : unknownField(`options.${SIGN_IN_OPTION}`),
    );
  }
  return form.fields.filter(
    ({ method }) => method === undefined || method === chosen,
  );
}

function checkFields(provider: RegistryProvider, input: ConnectionInput): void {
  const { credentials, options, address } = input;
  const { anonymous } = provider.descriptor.form;
  const problems: FieldProblem[] = [];
  const fields = fieldsInUse(provider.descriptor, options, problems);
  for (const place of ['credentials', 'options'] as const) {
    const known = fields.filter(field => field.in === place && !field.readOnly);
    const given = input[place] ?? {};
    for (const name of Object.keys(given)) {
      const isMethod = place === 'options' && name === SIGN_IN_OPTION;
      if (!isMethod && !known.some(field => field.name === name)) {
        problems.push(unknownField(`${place}.${name}`));
      }
    }
    const needed =
      place === 'options' ||
      credentials !== undefined ||
      !(anonymous || input.credentialsKept);
    for (const field of needed ? known : []) {
      if (field.required && !given[field.name]) {
        problems.push(neededField(`${place}.${field.name}`));
      }
    }
  }
  const wrong = provider.validate?.({ address, options, credentials }) ?? {};
  for (const [path, reason] of Object.entries(wrong)) {
    problems.push({ path, reason });
  }
  if (problems.length) {
    throw invalidInput('body', problems);
  }
}
