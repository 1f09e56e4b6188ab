import { RegistryHttpRequest } from './RegistryHttp';

/** Fields of a token request's form that hold secrets. */
const secretFields = [
  'password',
  'access_token',
  'refresh_token',
  'secret',
  'client_secret',
];

/**
 * What a request carries that must not appear in a message, even when the
 * server repeats it.
 */
export function secretsOf(request: RegistryHttpRequest): string[] {
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
    const form = new URLSearchParams(request.body);
    secrets.push(...secretFields.flatMap(field => form.getAll(field)));
  }
  return secrets.filter(Boolean);
}
