import { RegistryHttpRequest } from './RegistryHttp';

/**
 * Fields of forms and of JSON bodies that hold secrets, and headers that a
 * body may ask a vendor to send: in small letters, without separators.
 */
const secretFields: ReadonlySet<string> = new Set([
  'accesstoken',
  'apikey',
  'authheader',
  'authorization',
  'clientsecret',
  'password',
  'refreshtoken',
  'secret',
  'secretkey',
  'token',
]);

/** Fields that name what stands beside them, as `Key` in a list of headers. */
const nameFields: ReadonlySet<string> = new Set(['key', 'name']);

/** Values of a JSON body that are looked at. */
const mostValues = 2_000;

/**
 * What a request carries that must not appear in a message, even when the
 * server repeats it.
 */
export function secretsOf(
  request: Pick<RegistryHttpRequest, 'body' | 'headers' | 'secrets'>,
): string[] {
  const secrets: string[] = [...(request.secrets ?? [])];
  const authorization = Object.entries(request.headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'authorization',
  )?.[1];
  if (authorization) {
    const [scheme, value = ''] = authorization.split(/\s+/, 2);
    secrets.push(value);
    if (scheme.toLowerCase() === 'basic') {
      const login = Buffer.from(value, 'base64').toString('utf8');
      secrets.push(login.slice(login.indexOf(':') + 1));
    }
  }
  if (typeof request.body === 'string') {
    secrets.push(...secretsIn(request.body));
  }
  return secrets.filter(Boolean);
}

function secretsIn(body: string): string[] {
  if (/^\s*[[{]/.test(body)) {
    try {
      return secretsInJson(JSON.parse(body));
    } catch {
      // Not JSON after all: read it as a form.
    }
  }
  return [...new URLSearchParams(body)].flatMap(([name, value]) =>
    isSecretField(name) ? value : [],
  );
}

/** Level by level, so that neither depth nor length of a body matters. */
function secretsInJson(parsed: unknown): string[] {
  const secrets: string[] = [];
  const values = [{ value: parsed, isSecret: false }];
  for (let at = 0; at < Math.min(values.length, mostValues); at += 1) {
    const { value, isSecret } = values[at];
    if (typeof value === 'string') {
      secrets.push(...(isSecret ? partsOf(value) : []));
    } else if (Array.isArray(value)) {
      values.push(
        ...value.slice(0, mostValues).map(each => ({ value: each, isSecret })),
      );
    } else if (typeof value === 'object' && value !== null) {
      values.push(...fieldsOf(value, isSecret));
    }
  }
  return secrets;
}

function fieldsOf(object: object, isSecret: boolean) {
  const fields = Object.entries(object).slice(0, mostValues);
  const isNamedSecret = fields.some(
    ([name, value]) =>
      nameFields.has(name.toLowerCase()) &&
      typeof value === 'string' &&
      isSecretField(value),
  );
  return fields.map(([name, value]) => ({
    value: value as unknown,
    isSecret:
      isSecret ||
      isSecretField(name) ||
      (isNamedSecret && !nameFields.has(name.toLowerCase())),
  }));
}

/** A header whole, and what follows its scheme. */
function partsOf(value: string): string[] {
  const credential = /(?:^|[\s:])(?:Bearer|Basic)\s+(\S+)\s*$/i.exec(
    value,
  )?.[1];
  return [value, credential ?? []].flat();
}

function isSecretField(name: string): boolean {
  return secretFields.has(name.toLowerCase().replace(/[^a-z]/g, ''));
}
