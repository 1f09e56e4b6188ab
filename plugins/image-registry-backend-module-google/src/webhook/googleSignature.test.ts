import { AuthenticationError } from '@backstage/errors';
import {
  RegistryError,
  WebhookKeySource,
} from '@slipway/backstage-plugin-image-registry-node';
import { exportJWK, generateKeyPair, KeyLike, SignJWT } from 'jose';
import { webhookRequest } from '@slipway/provider-tests';
import { googleSignature } from './googleSignature';

const settings = {
  audience: 'backstage-image-registry',
  serviceAccount: 'pubsub@acme-prod.iam.gserviceaccount.com',
};

/** One of the keys that Google signs with. */
async function makeKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return {
    kid,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
  };
}
type Key = Awaited<ReturnType<typeof makeKey>>;

/** Serves one set of keys first, and another when it is read again. */
function source(first: Key[], again: Key[] = first) {
  const read = jest.fn(async (_url: string, options?: { refresh?: boolean }) =>
    JSON.stringify({
      keys: (options?.refresh ? again : first).map(({ jwk }) => jwk),
    }),
  );
  return { read } satisfies WebhookKeySource;
}

describe('the token of a push subscription', () => {
  let google: Key;
  let stranger: Key;

  beforeAll(async () => {
    google = await makeKey('google-1');
    stranger = await makeKey('google-1');
  });

  function token(
    claims: object = {},
    options: { key?: KeyLike; kid?: string; alg?: string } = {},
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: 'https://accounts.google.com',
      aud: settings.audience,
      email: settings.serviceAccount,
      email_verified: true,
      sub: '113774264463038321964',
      iat: now,
      exp: now + 3600,
      ...claims,
    })
      .setProtectedHeader({
        alg: options.alg ?? 'RS256',
        kid: options.kid ?? 'google-1',
        typ: 'JWT',
      })
      .sign(options.key ?? google.privateKey);
  }

  const verify = (
    authorization: string | undefined,
    keys: WebhookKeySource = source([google]),
  ) =>
    googleSignature.verify(
      webhookRequest({}, { headers: { authorization } }),
      settings,
      keys,
    );

  it('is verified by the keys of Google', async () => {
    const keys = source([google]);
    await verify(`Bearer ${await token()}`, keys);
    expect(keys.read).toHaveBeenCalledWith(
      'https://www.googleapis.com/oauth2/v3/certs',
    );
    await verify(`bearer ${await token({ iss: 'accounts.google.com' })}`);
  });

  it('is verified by a key that is new', async () => {
    const next = await makeKey('google-2');
    const keys = source([google], [google, next]);
    await verify(
      `Bearer ${await token({}, { key: next.privateKey, kid: 'google-2' })}`,
      keys,
    );
    expect(keys.read).toHaveBeenCalledTimes(2);
  });

  it.each<[string, () => Promise<string | undefined>, RegExp]>([
    ['no token', async () => undefined, /enable authentication/],
    ['what is no token', async () => 'Bearer secret', /not one that Google/],
    [
      'a token that somebody else signed',
      async () => `Bearer ${await token({}, { key: stranger.privateKey })}`,
      /not one that Google signed/,
    ],
    [
      'a token of a key that nobody knows',
      async () => `Bearer ${await token({}, { kid: 'unknown' })}`,
      /not one that Google signed/,
    ],
    [
      'a token without a signature',
      async () => {
        const [, claims] = (await token()).split('.');
        const header = Buffer.from('{"alg":"none"}').toString('base64url');
        return `Bearer ${header}.${claims}.`;
      },
      /not one that Google signed/,
    ],
    [
      'another audience',
      async () => `Bearer ${await token({ aud: 'https://elsewhere' })}`,
      /audience of the token is not backstage-image-registry/,
    ],
    [
      'another issuer',
      async () => `Bearer ${await token({ iss: 'https://evil.example' })}`,
      /does not say what it must: iss/,
    ],
    [
      'a token that has expired',
      async () =>
        `Bearer ${await token({ exp: Math.floor(Date.now() / 1000) - 120 })}`,
      /has expired/,
    ],
    [
      'a token that never expires',
      async () => `Bearer ${await token({ exp: undefined })}`,
      /does not say what it must: exp/,
    ],
    [
      'another account',
      async () => `Bearer ${await token({ email: 'other@example.com' })}`,
      /not of the service account pubsub@/,
    ],
    [
      'an address that is not verified',
      async () => `Bearer ${await token({ email_verified: false })}`,
      /not of the service account/,
    ],
  ])('refuses %s', async (_name, make, reason) => {
    const refusal = verify(await make());
    await expect(refusal).rejects.toThrow(reason);
    await expect(refusal).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('refuses a token that was made with the public key', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(google.jwk));
    await expect(
      verify(
        `Bearer ${await token(
          {},
          {
            alg: 'HS256',
            key: secret as unknown as KeyLike,
          },
        )}`,
      ),
    ).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('leaves it to the caller that the keys cannot be read', async () => {
    const error = new RegistryError('timeout', 'not now');
    await expect(
      verify(`Bearer ${await token()}`, {
        read: () => Promise.reject(error),
      }),
    ).rejects.toBe(error);
  });
});
