import { builtin } from '../builtin';
import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import { RegistryHttp, RegistryHttpResponse } from '../transport';
import { Challenge, InvalidChallengeError, parseChallenges } from './challenge';
import {
  OciCredentials,
  basicAuthorization,
  hashCredentials,
} from './credentials';
import { ExpiringLogin } from './ExpiringLogin';
import { checkRealm } from './realm';
import { mergeScopes, scopesKey, splitScopes } from './scope';
import { IssuedToken, TokenCache } from './TokenCache';
import { fetchToken, TokenRequest } from './tokens';

/** A value of `Authorization`, and how it was come by. */
export interface Authorization {
  header: string;
  scheme: 'basic' | 'bearer';
  /** Key of the token in the cache. */
  tokenKey?: string;
  /** Password of the temporary login it was made of. */
  login?: string;
}

/** What an {@link Authenticator} is made of. */
export interface AuthenticatorParts {
  http: RegistryHttp;
  title: string;
  credentials?: OciCredentials;
  /** Instead of `credentials`: a login that is fetched, and ends. */
  login?: ExpiringLogin;
  tokens: TokenCache;
  trustedRealms: readonly string[];
}

/** Repositories whose peculiar scopes are remembered. */
const mostLearnedScopes = 500;

/** What of a refusal says how to sign in. */
type Refusal = Pick<RegistryHttpResponse, 'headers' | 'status' | 'url'>;

type Scheme =
  | { type: 'basic' }
  | { type: 'bearer'; realm: URL; service?: string };

/**
 * Answers a registry's challenges, and remembers how, so that later requests
 * are signed in at once. One token a repository: scopes never pile up.
 */
export class Authenticator {
  private scheme?: Scheme;
  private readonly account: string;
  /** Scopes that the registry asked for beyond ours, by ours. */
  private readonly learned = new Map<string, string[]>();

  constructor(private readonly parts: AuthenticatorParts) {
    // Tokens are shared by account: logins that follow each other are one.
    this.account = parts.login
      ? `temporary ${builtin.crypto().randomUUID()}`
      : hashCredentials(parts.credentials);
  }

  get hasCredentials(): boolean {
    return Boolean(this.parts.credentials ?? this.parts.login);
  }

  /** How the registry was last seen to be signed in to. */
  get schemeInUse(): 'basic' | 'bearer' | undefined {
    return this.scheme?.type;
  }

  /** The realm in use; undefined without one. */
  get tokenService(): URL | undefined {
    return this.scheme?.type === 'bearer' ? this.scheme.realm : undefined;
  }

  /** Notes how a refusal wants to be answered, without answering it. */
  noteScheme(refusal: Refusal): void {
    const chosen = this.choose(this.parse(refusal), new URL(refusal.url));
    this.scheme = chosen?.scheme ?? this.scheme;
  }

  /** Signs a request in when it is known how. */
  async authorize(
    scopes: string[],
    options: RegistryCallOptions,
  ): Promise<Authorization | undefined> {
    if (!this.scheme) {
      return undefined;
    }
    if (this.scheme.type === 'basic') {
      return this.basic(options);
    }
    const learned = this.learned.get(scopesKey(scopes)) ?? [];
    return this.bearer(this.scheme, mergeScopes(learned, scopes), options);
  }

  /**
   * Signs a request in as its refusal asks for.
   *
   * @param sent - what the refused request was signed in with
   * @returns undefined when there is nothing more to try
   * @throws RegistryError when the challenge makes no sense or leads elsewhere
   */
  async answer(
    refusal: RegistryHttpResponse,
    scopes: string[],
    sent: Authorization | undefined,
    options: RegistryCallOptions,
  ): Promise<Authorization | undefined> {
    const challenges = this.parse(refusal);
    if (sent?.tokenKey) {
      this.parts.tokens.forget(
        sent.tokenKey,
        sent.header.slice('Bearer '.length),
      );
    }
    const chosen = this.choose(challenges, new URL(refusal.url));
    if (!chosen) {
      return undefined;
    }
    this.scheme = chosen.scheme;
    if (chosen.scheme.type === 'basic') {
      return this.basicAgain(sent, options);
    }
    const asked = splitScopes(chosen.challenge.parameters.scope);
    this.learn(scopes, asked);
    return this.bearer(chosen.scheme, mergeScopes(asked, scopes), options);
  }

  private parse(refusal: Refusal): Challenge[] {
    try {
      return parseChallenges(refusal.headers['www-authenticate']);
    } catch (error) {
      if (!(error instanceof InvalidChallengeError)) {
        throw error;
      }
      throw new RegistryError(
        'invalid-response',
        `${this.parts.title}: ${
          new URL(refusal.url).host
        } asks for a sign-in in a way that cannot be read: ${error.message}`,
        { status: refusal.status, cause: error },
      );
    }
  }

  /** Bearer when its realm is in order, else Basic; nothing else is answered. */
  private choose(
    challenges: Challenge[],
    requestUrl: URL,
  ): { scheme: Scheme; challenge: Challenge } | undefined {
    const basic = challenges.find(({ scheme }) => scheme === 'basic');
    const asBasic =
      basic && this.hasCredentials
        ? { scheme: { type: 'basic' } as const, challenge: basic }
        : undefined;
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (!bearer) {
      return asBasic;
    }
    try {
      const realm = checkRealm(bearer.parameters.realm, {
        title: this.parts.title,
        requestUrl,
        sendsCredentials: this.hasCredentials,
        trustedRealms: this.parts.trustedRealms,
      });
      const { service } = bearer.parameters;
      return { scheme: { type: 'bearer', realm, service }, challenge: bearer };
    } catch (error) {
      if (asBasic) {
        return asBasic;
      }
      throw error;
    }
  }

  private async basic(
    options: RegistryCallOptions,
  ): Promise<Authorization | undefined> {
    const { credentials, login } = await this.current(options);
    return (
      credentials && {
        header: basicAuthorization(credentials),
        scheme: 'basic',
        ...(login && { login }),
      }
    );
  }

  /** After a refusal: only another login than the refused one makes sense. */
  private async basicAgain(
    sent: Authorization | undefined,
    options: RegistryCallOptions,
  ): Promise<Authorization | undefined> {
    if (sent?.scheme !== 'basic') {
      return this.basic(options);
    }
    if (!sent.login) {
      return undefined;
    }
    this.parts.login?.forget(sent.login);
    const next = await this.basic(options);
    return next?.login === sent.login ? undefined : next;
  }

  private async current(
    options: RegistryCallOptions,
  ): Promise<{ credentials?: OciCredentials; login?: string }> {
    if (!this.parts.login) {
      return { credentials: this.parts.credentials };
    }
    const { username, password } = await this.parts.login.get(options);
    return { credentials: { username, password }, login: password };
  }

  private async bearer(
    { realm, service }: { realm: URL; service?: string },
    scopes: string[],
    { priority, signal }: RegistryCallOptions,
  ): Promise<Authorization> {
    const tokenKey = [
      realm.href,
      service ?? '',
      this.account,
      scopesKey(scopes),
    ].join('\n');
    // Others may wait for the same token: our signal must not end it.
    const token = await this.parts.tokens.get(tokenKey, () =>
      this.issue({ realm, service, scopes }, priority),
    );
    signal?.throwIfAborted();
    return { header: `Bearer ${token}`, scheme: 'bearer', tokenKey };
  }

  /** A vendor may end a login early: the next one is tried once. */
  private async issue(
    request: Omit<TokenRequest, 'credentials'>,
    priority: RegistryCallOptions['priority'],
  ): Promise<IssuedToken> {
    const { http, title } = this.parts;
    const ask = (credentials: OciCredentials | undefined) =>
      fetchToken(http, title, { ...request, credentials }, { priority });
    const { credentials, login } = await this.current({ priority });
    try {
      return await ask(credentials);
    } catch (error) {
      const isRefused =
        error instanceof RegistryError && error.code === 'unauthenticated';
      if (!login || !isRefused) {
        throw error;
      }
      this.parts.login?.forget(login);
      const next = await this.current({ priority });
      if (next.login === login) {
        throw error;
      }
      return ask(next.credentials);
    }
  }

  private learn(scopes: string[], asked: string[]): void {
    const key = scopesKey(scopes);
    if (scopesKey(mergeScopes(asked, scopes)) === key) {
      return;
    }
    this.learned.delete(key);
    this.learned.set(key, asked);
    if (this.learned.size > mostLearnedScopes) {
      const [oldest] = this.learned.keys();
      this.learned.delete(oldest);
    }
  }
}
