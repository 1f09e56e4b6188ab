import { randomBytes } from 'node:crypto';
import { RegistryError } from '../protocol/RegistryError';
import {
  emptyResponse,
  jsonResponse,
  RegistryRequest,
  RegistryResponse,
} from '../routes/exchange';
import {
  AccessControl,
  AccessScope,
  parseBasic,
  SignedInUser,
  SignIn,
  signInOf,
  TokenAccessOptions,
} from './AccessControl';

interface IssuedToken {
  actor?: string;
  scopes: AccessScope[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Bytes of a token request's form. */
const MAXIMUM_FORM_BYTES = 64 * 1024;

/**
 * Bearer tokens from an own realm, at `/token` unless told otherwise. A token carries what the user
 * may of what was asked, without a word about the rest: so do real realms.
 */
export class TokenAccess implements AccessControl {
  private readonly options: TokenAccessOptions;
  private readonly service: string;
  private readonly signIn: SignIn;
  private readonly now: () => number;
  private readonly tokens = new Map<string, IssuedToken>();
  private readonly refreshTokens = new Map<string, SignedInUser>();

  constructor(options: TokenAccessOptions) {
    this.options = options;
    this.service = options.service ?? 'sandbox-registry';
    this.signIn = signInOf(options.users);
    this.now = options.now ?? Date.now;
  }

  isTokenRequest(url: URL): boolean {
    const realm = new URL(this.options.realm ?? '/token', url);
    return url.origin === realm.origin && url.pathname === realm.pathname;
  }

  authorize(
    request: RegistryRequest,
    required: AccessScope[],
  ): { actor?: string } {
    const header = request.headers.authorization ?? '';
    const bearer = /^bearer\s+(\S+)$/i.exec(header)?.[1];
    if (!bearer) {
      throw this.challenge(request, required);
    }
    const token = this.tokens.get(bearer);
    if (!token || token.expiresAt <= this.now()) {
      throw this.challenge(request, required, 'invalid_token');
    }
    if (!required.every(each => covers(token.scopes, each))) {
      throw this.challenge(request, required, 'insufficient_scope');
    }
    return { actor: token.actor };
  }

  async issueToken(request: RegistryRequest): Promise<RegistryResponse> {
    if (request.method === 'POST' && this.options.allowPost !== false) {
      return this.issueForForm(request);
    }
    if (request.method !== 'GET') {
      return emptyResponse(405, { Allow: 'GET' });
    }
    const given = request.headers.authorization;
    const user = given === undefined ? undefined : this.findUser(given);
    if (given !== undefined && !user) {
      throw new RegistryError('UNAUTHORIZED');
    }
    const query = request.url.searchParams;
    const offline = query.get('offline_token') === 'true';
    return this.issue(user, query.getAll('scope'), offline);
  }

  /** OAuth2 of the token specification: `password` and `refresh_token`. */
  private async issueForForm(
    request: RegistryRequest,
  ): Promise<RegistryResponse> {
    const body = await request.readBody(MAXIMUM_FORM_BYTES);
    const form = new URLSearchParams(body.toString('utf8'));
    const grant = form.get('grant_type');
    const user =
      grant === 'refresh_token'
        ? this.refreshTokens.get(form.get('refresh_token') ?? '')
        : this.signIn(form.get('username') ?? '', form.get('password') ?? '');
    if (!user) {
      return jsonResponse(401, { error: 'invalid_grant' });
    }
    const offline = form.get('access_type') === 'offline';
    return this.issue(user, form.getAll('scope'), offline);
  }

  private issue(
    user: SignedInUser | undefined,
    scopeParameters: string[],
    offline: boolean,
  ): RegistryResponse {
    const seconds = this.options.lifetimeSeconds ?? 300;
    const issuedAt = this.now();
    const token = randomBytes(24).toString('base64url');
    this.forgetExpired(issuedAt);
    this.tokens.set(token, {
      actor: user?.username,
      scopes: scopeParameters
        .flatMap(each => each.split(' '))
        .flatMap(parseScope)
        .map(scope => this.grant(user, scope)),
      expiresAt: issuedAt + seconds * 1000,
    });
    return jsonResponse(200, {
      token,
      access_token: token,
      expires_in: seconds,
      issued_at: new Date(issuedAt).toISOString(),
      ...(offline && user && { refresh_token: this.issueRefresh(user) }),
    });
  }

  /** A token that gets access tokens for a user at the token route. */
  issueRefresh(user: SignedInUser): string {
    const token = randomBytes(24).toString('base64url');
    this.refreshTokens.set(token, user);
    return token;
  }

  private grant(user: SignedInUser | undefined, asked: AccessScope) {
    const allowed = this.allowedActions(user, asked);
    return {
      ...asked,
      actions: allowed.includes('*')
        ? asked.actions
        : asked.actions.flatMap(each =>
            each === '*' ? allowed : allowed.filter(one => one === each),
          ),
    };
  }

  private allowedActions(user: SignedInUser | undefined, asked: AccessScope) {
    if (!user) {
      return asked.type === 'repository'
        ? this.options.anonymousActions ?? []
        : [];
    }
    if (!user.access) {
      return ['*'];
    }
    const name =
      asked.type === 'registry' ? `registry:${asked.name}` : asked.name;
    return user.access
      .filter(each => matchesPattern(each.repository, name))
      .flatMap(each => each.actions);
  }

  private findUser(header: string): SignedInUser | undefined {
    const given = parseBasic(header);
    return given && this.signIn(given.username, given.password);
  }

  private forgetExpired(now: number): void {
    for (const [token, issued] of this.tokens) {
      if (issued.expiresAt <= now) {
        this.tokens.delete(token);
      }
    }
  }

  private challenge(
    request: RegistryRequest,
    required: AccessScope[],
    error?: 'invalid_token' | 'insufficient_scope',
  ): RegistryError {
    const scope = required
      .map(each => `${each.type}:${each.name}:${each.actions.join(',')}`)
      .join(' ');
    const realm = new URL(this.options.realm ?? '/token', request.url);
    const parameters = [
      `realm="${realm.href}"`,
      `service="${this.service}"`,
      ...(scope ? [`scope="${scope}"`] : []),
      ...(error ? [`error="${error}"`] : []),
    ];
    return new RegistryError('UNAUTHORIZED', required, {
      'WWW-Authenticate': `Bearer ${parameters.join(',')}`,
    });
  }
}

function parseScope(text: string): AccessScope[] {
  const match = /^(repository|registry):(.+):([^:]+)$/.exec(text);
  return match
    ? [
        {
          type: match[1] === 'registry' ? 'registry' : 'repository',
          name: match[2],
          actions: match[3].split(','),
        },
      ]
    : [];
}

function covers(granted: AccessScope[], required: AccessScope): boolean {
  const actions = granted
    .filter(each => each.type === required.type && each.name === required.name)
    .flatMap(each => each.actions);
  return (
    actions.includes('*') ||
    required.actions.every(each => actions.includes(each))
  );
}

function matchesPattern(pattern: string, name: string): boolean {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(name);
}
