import {
  advise,
  isoTime,
  RegistryError,
  Shaped,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from './title';

/** What both APIs answer to GetAuthorizationToken. */
export const loginData = {
  /** Base64 of `AWS:<password>`. */
  authorizationToken: 'text',
  /** A date of the SDK. */
  expiresAt: 'unknown',
} as const;

/** @throws RegistryError when it holds no login */
export function readLogin(
  data: Shaped<typeof loginData> | undefined,
  operation: string,
): TemporaryLogin {
  const decoded = Buffer.from(
    data?.authorizationToken ?? '',
    'base64',
  ).toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1 || colon === decoded.length - 1) {
    throw new RegistryError(
      'invalid-response',
      `${TITLE}: could not ${operation}: the answer holds no login`,
      {
        hint: advise(
          'aws-changed-answer',
          'Try again; if it stays, look for a proxy that changes answers',
        ),
      },
    );
  }
  const expiresAt = isoTime(data?.expiresAt);
  return {
    username: decoded.slice(0, colon),
    password: decoded.slice(colon + 1),
    ...(expiresAt && { expiresAt: Date.parse(expiresAt) }),
  };
}
