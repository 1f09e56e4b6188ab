import { inspect } from 'node:util';
import {
  RegistryCredentials,
  RegistryError,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { RecordedRequest } from '@slipway/sandbox';

/** Shorter values would be found by chance. */
const SHORTEST_SECRET = 6;

/** The error that something must end with. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<RegistryError> {
  const outcome = await work.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) {
    throw new Error(`Nothing failed; it gave ${inspect(outcome.value)}`);
  }
  if (!(outcome.error instanceof RegistryError)) {
    throw new Error('Not a RegistryError', { cause: outcome.error });
  }
  return outcome.error;
}

/** Values that the provider's form calls secret, and what was sent for them. */
export function secretsOf(
  provider: RegistryProvider,
  credentials: readonly RegistryCredentials[],
  requests: readonly RecordedRequest[],
): string[] {
  const names = provider.descriptor.form.fields
    .filter(field => field.in === 'credentials' && field.type === 'secret')
    .map(field => field.name);
  const entered = credentials.flatMap(each =>
    names.flatMap(name => each[name] ?? []),
  );
  const sent = requests.flatMap(({ headers }) => {
    const [scheme, value = ''] = (headers.authorization ?? '').split(' ', 2);
    const login = Buffer.from(value, 'base64').toString('utf8');
    return /^basic$/i.test(scheme)
      ? [value, login.slice(login.indexOf(':') + 1)]
      : [value];
  });
  return [...new Set([...entered, ...sent])].filter(
    each => each.length >= SHORTEST_SECRET,
  );
}

/** Everything that somebody could get to read of an error. */
export function everythingSaidBy(error: unknown): string {
  return `${inspect(error, {
    depth: 12,
    maxStringLength: null,
    maxArrayLength: null,
  })}\n${JSON.stringify(error)}`;
}
