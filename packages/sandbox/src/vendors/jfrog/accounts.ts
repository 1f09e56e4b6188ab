import { randomBytes } from 'node:crypto';
import { AccessControl, parseBasic } from '../../registry/access/AccessControl';
import { RegistryError } from '../../registry/protocol/RegistryError';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';

function jwt(claims: object): string {
  const part = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.${Buffer.from(
    'signature-of-the-platform',
  ).toString('base64url')}`;
}

/** What signs in at the simulated JFrog Platform. */
export const jfrogAccounts = {
  /** Reads the repositories for images. */
  portal: {
    username: 'portal',
    password: 'jfrog-portal-password',
    apiKey: 'AKCp8FAKEapikeyofportal00123456789',
    /** Of the subject `jfac@01f9/users/portal`, until the year 2100. */
    accessToken: jwt({ sub: 'jfac@01f9/users/portal', exp: 4_102_444_800 }),
    /** Cannot be read; not the less an access token. */
    referenceToken: 'cmVmdGtuOjAxOjE4MDE0NTY3ODk6cmVmZXJlbmNldG9rZW4',
  },
  /** Manages webhooks as well. */
  admin: { username: 'admin', password: 'jfrog-admin-password' },
  /** Signs in, and may read nothing. */
  weak: { username: 'newcomer', password: 'jfrog-newcomer-password' },
} as const;

/** Who calls, and what the permissions let them do. */
export interface JFrogCaller {
  username: string;
  mayRead: boolean;
  mayManage: boolean;
}

/** Seconds that a token for Docker is good for. */
const LIFETIME = 3_600;

/**
 * Sign-ins by Basic with a password, API key or access token, by Bearer with
 * an access token, and by the tokens for Docker that it issues itself.
 */
export class JFrogAccess {
  private readonly tokens = new Map<
    string,
    { caller: JFrogCaller; expiresAt: number }
  >();

  constructor(private readonly clock: VendorClock) {}

  /** @returns undefined for nobody; `refused` for a wrong password or token */
  callerOf({
    headers: { authorization },
  }: Pick<VendorRequest, 'headers'>): JFrogCaller | 'refused' | undefined {
    if (authorization === undefined) {
      return undefined;
    }
    const login = parseBasic(authorization);
    const token = /^bearer\s+(\S+)$/i.exec(authorization)?.[1];
    const caller =
      (login && bySecret(login.password, login.username)) ??
      (token ? this.byToken(token) : undefined);
    return caller ?? 'refused';
  }

  /** Answers a request for a token; the scope is not looked at. */
  issueToken(request: VendorRequest): VendorAnswer {
    const caller = this.callerOf(request);
    if (caller === undefined || caller === 'refused') {
      return refusal(401, 'Bad credentials');
    }
    const token = randomBytes(24).toString('base64url');
    this.tokens.set(token, {
      caller,
      expiresAt: this.clock.now() + LIFETIME * 1000,
    });
    return jsonAnswer({ token, expires_in: LIFETIME });
  }

  /** The access of Docker to one repository. */
  ofRepository(): AccessControl {
    return {
      authorize: ({ headers, url }) => {
        const caller = this.callerOf({ headers });
        if (caller === undefined || caller === 'refused') {
          throw new RegistryError('UNAUTHORIZED', undefined, {
            'WWW-Authenticate': challengeOf(url),
          });
        }
        if (!caller.mayRead) {
          throw new RegistryError('DENIED');
        }
        return { actor: caller.username };
      },
    };
  }

  private byToken(token: string): JFrogCaller | undefined {
    const issued = this.tokens.get(token);
    if (issued) {
      return issued.expiresAt > this.clock.now() ? issued.caller : undefined;
    }
    return bySecret(token);
  }
}

/** The challenge of `/v2/`: the realm is on the same host. */
export function challengeOf(url: URL): string {
  return `Bearer realm="${url.origin}/v2/token",service="${url.host}"`;
}

/** An error in Artifactory's shape. */
export function refusal(status: number, message: string): VendorAnswer {
  return jsonAnswer({ errors: [{ status, message }] }, { status });
}

function bySecret(secret: string, username?: string): JFrogCaller | undefined {
  const { admin, portal, weak } = jfrogAccounts;
  const tokens: string[] = [portal.accessToken, portal.referenceToken];
  const found = [
    { ...admin, secrets: [admin.password], mayRead: true, mayManage: true },
    {
      ...portal,
      secrets:
        username === undefined
          ? tokens
          : [portal.password, portal.apiKey, ...tokens],
      mayRead: true,
      mayManage: false,
    },
    { ...weak, secrets: [weak.password], mayRead: false, mayManage: false },
  ].find(
    each =>
      (username ?? each.username) === each.username &&
      each.secrets.some(known => known === secret),
  );
  return (
    found && {
      username: found.username,
      mayRead: found.mayRead,
      mayManage: found.mayManage,
    }
  );
}
