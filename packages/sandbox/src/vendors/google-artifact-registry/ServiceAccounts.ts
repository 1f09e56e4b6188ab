import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { SignedInUser } from '../../registry/access/AccessControl';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { formBodyOf, VendorRequest } from '../VendorRequest';
import { googleServiceAccountKey } from './serviceAccountKeys';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const AUDIENCE = 'https://oauth2.googleapis.com/token';
const API_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const LIFETIME_SECONDS = 3_599;

/** A service account with a key. */
export interface ServiceAccount {
  email: string;
  /** What it may do with everything in the project. */
  mayRead: boolean;
}

interface KnownAccount extends ServiceAccount {
  keyText: string;
  keyId: string;
  privateKey: string;
}

/** Service accounts, and the access tokens that they were given. */
export class ServiceAccounts {
  private readonly known: KnownAccount[];
  private readonly tokens = new Map<
    string,
    { account: ServiceAccount; scope: string; expiresAt: number }
  >();

  constructor(private readonly clock: VendorClock) {
    this.known = [
      { ...read(googleServiceAccountKey('portal')), mayRead: true },
      { ...read(googleServiceAccountKey('nobody')), mayRead: false },
    ];
  }

  /** Who an access token is of, and what its scope leaves of the roles at the APIs. */
  ofToken(token: string | undefined): ServiceAccount | undefined {
    const issued = this.issued(token);
    return (
      issued && {
        ...issued.account,
        mayRead: issued.account.mayRead && issued.scope === API_SCOPE,
      }
    );
  }

  private issued(token: string | undefined) {
    const issued = token === undefined ? undefined : this.tokens.get(token);
    return issued && issued.expiresAt > this.clock.now() ? issued : undefined;
  }

  /**
   * "Authentication methods for Docker" of Artifact Registry: an access token,
   * or a key as it is or in base64, under a name that says which.
   */
  signIn(username: string, password: string): SignedInUser | undefined {
    const account = this.ofPassword(username, password);
    return (
      account && {
        username: account.email,
        access: account.mayRead ? [{ repository: '*', actions: ['pull'] }] : [],
      }
    );
  }

  /** RFC 7523: an access token for an assertion that the account signed. */
  issueToken(request: VendorRequest): VendorAnswer {
    const form = formBodyOf(request);
    if (form.get('grant_type') !== GRANT) {
      return refusal('unsupported_grant_type', 'Invalid grant_type');
    }
    const [header, claims, signature] = (form.get('assertion') ?? '').split(
      '.',
    );
    const { alg, kid } = decode(header);
    const { aud, exp, iss, scope } = decode(claims);
    const account = this.known.find(each => each.email === iss);
    if (!account) {
      return refusal('invalid_grant', 'Invalid grant: account not found');
    }
    const isSigned =
      alg === 'RS256' &&
      kid === account.keyId &&
      verify(
        'RSA-SHA256',
        Buffer.from(`${header}.${claims}`),
        createPublicKey(account.privateKey),
        Buffer.from(signature ?? '', 'base64url'),
      );
    // By the machine's clock: a test may let tokens expire on that of the world.
    if (!isSigned || aud !== AUDIENCE || Number(exp) * 1000 < Date.now()) {
      return refusal('invalid_grant', 'Invalid JWT Signature.');
    }
    const token = `ya29.${randomBytes(60).toString('base64url')}`;
    this.tokens.set(token, {
      account,
      scope: String(scope),
      expiresAt: this.clock.now() + LIFETIME_SECONDS * 1000,
    });
    return jsonAnswer({
      access_token: token,
      expires_in: LIFETIME_SECONDS,
      token_type: 'Bearer',
    });
  }

  private ofPassword(
    username: string,
    password: string,
  ): ServiceAccount | undefined {
    switch (username) {
      case 'oauth2accesstoken':
        return this.issued(password)?.account;
      case '_json_key':
        return this.known.find(({ keyText }) => keyText === password);
      case '_json_key_base64': {
        const text = Buffer.from(password, 'base64').toString('utf8');
        return this.known.find(({ keyText }) => keyText === text);
      }
      default:
        return undefined;
    }
  }
}

function read(keyText: string): Omit<KnownAccount, 'mayRead'> {
  const { client_email, private_key, private_key_id } = JSON.parse(keyText);
  return {
    keyText,
    email: client_email,
    keyId: private_key_id,
    privateKey: private_key,
  };
}

function decode(part: string | undefined): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return {};
  }
}

function refusal(error: string, description: string): VendorAnswer {
  return jsonAnswer({ error, error_description: description }, { status: 400 });
}
