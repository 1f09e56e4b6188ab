import { z } from 'zod';

// https://distribution.github.io/distribution/spec/auth/jwt/
const claimsSchema = z.object({
  access: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      actions: z.array(z.string()).nullish(),
    }),
  ),
});

/**
 * Whether a token grants reading a repository, as far as it can be read:
 * token services leave out what the account may not do, without a word.
 *
 * @param header - the value of `Authorization`
 * @returns undefined when the token is not a readable JWT
 */
export function mayPull(
  header: string,
  repository: string,
): boolean | undefined {
  const payload = header.split('.')[1];
  if (!payload) {
    return undefined;
  }
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const claims = claimsSchema.safeParse(json);
  return claims.success
    ? claims.data.access.some(
        ({ type, name, actions }) =>
          type === 'repository' &&
          name === repository &&
          (actions ?? []).some(action => action === 'pull' || action === '*'),
      )
    : undefined;
}
