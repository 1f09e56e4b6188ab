/** Fields of credentials that tell who signs in, not with what. */
const open: readonly string[] = ['username', 'accessKeyId', 'region'];

/** What is secret of a login: its values, and user and password as one. */
export function secretsOf(
  login: Readonly<Record<string, unknown>> | undefined,
): string[] {
  const secrets = Object.entries(login ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' && !open.includes(name) && value !== ''
      ? [value]
      : [],
  );
  const { username, password } = login ?? {};
  return typeof username === 'string' && typeof password === 'string'
    ? [`${username}:${password}`, ...secrets]
    : secrets;
}

/** A login that cannot be read now is one that nothing was signed in with. */
export async function orNone<T>(
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
