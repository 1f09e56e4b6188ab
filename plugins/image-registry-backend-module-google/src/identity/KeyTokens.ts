import {
  advise,
  RegistryCallOptions,
  RegistryError,
  RegistryHttp,
  reportedErrors,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { sign } from 'node:crypto';
import { TITLE } from '../title';
import { AccessTokens, TokenScope, tokenScopes } from './AccessTokens';
import { ServiceAccountKey } from './serviceAccountKey';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Seconds; the longest that Google takes. */
const LIFETIME = 3_600;

/**
 * Access tokens for a signature of the service account's key (RFC 7523): the
 * key itself is never sent. Through the registry's own transport.
 */
export class KeyTokens implements AccessTokens {
  constructor(
    private readonly http: RegistryHttp,
    private readonly key: ServiceAccountKey,
  ) {}

  async fetch(
    options: RegistryCallOptions,
    scope: TokenScope,
  ): Promise<{ token: string; expiresAt?: number }> {
    const operation = 'get an access token';
    const assertion = this.assertion(scope);
    const askedAt = Date.now();
    const response = await this.http.request({
      ...options,
      method: 'POST',
      url: TOKEN_URL,
      operation,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: GRANT, assertion }).toString(),
      secrets: [assertion],
      acceptStatuses: [400, 401],
    });
    if (response.status >= 400) {
      throw this.refused(operation, response.status, response.body);
    }
    const { access_token, expires_in } = shaped(response.json(), {
      access_token: 'text',
      expires_in: 'number',
    });
    if (access_token === undefined) {
      throw new RegistryError(
        'invalid-response',
        `${TITLE}: could not ${operation}: the answer holds none`,
        {
          hint: advise(
            'google-look-for-proxy',
            'Try again; if it stays, look for a proxy in between',
          ),
        },
      );
    }
    return {
      token: access_token,
      ...(expires_in !== undefined && {
        expiresAt: askedAt + expires_in * 1000,
      }),
    };
  }

  async project(): Promise<string | undefined> {
    return this.key.project;
  }

  private assertion(scope: TokenScope): string {
    const issuedAt = Math.floor(Date.now() / 1000);
    const part = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = [
      part({ alg: 'RS256', typ: 'JWT', kid: this.key.keyId }),
      part({
        iss: this.key.email,
        scope: tokenScopes[scope],
        aud: TOKEN_URL,
        iat: issuedAt,
        exp: issuedAt + LIFETIME,
      }),
    ].join('.');
    const signature = sign('RSA-SHA256', Buffer.from(text), this.key.key);
    return `${text}.${signature.toString('base64url')}`;
  }

  private refused(
    operation: string,
    status: number,
    body: Buffer,
  ): RegistryError {
    const [said] = reportedErrors(body);
    const because = said?.message ? ` (${said.message.slice(0, 200)})` : '';
    return new RegistryError(
      'unauthenticated',
      `${TITLE}: could not ${operation}: Google does not accept the key of ${this.key.email}${because}`,
      {
        status,
        hint: advise(
          'google-check-key',
          'Check in IAM & Admin › Service Accounts › Keys that account and key exist and are enabled, and the clock of the machine that the backend runs on',
        ),
      },
    );
  }
}
