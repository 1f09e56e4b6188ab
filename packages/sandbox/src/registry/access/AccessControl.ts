import { RegistryRequest, RegistryResponse } from '../routes/exchange';

/** A right as the token specification writes it: `type:name:actions`. */
export interface AccessScope {
  type: 'repository' | 'registry';
  name: string;
  actions: string[];
}

/** Who may do what. */
export interface AccessControl {
  /**
   * @returns the name of the user, when there is one.
   * @throws RegistryError UNAUTHORIZED with a challenge.
   */
  authorize(
    request: RegistryRequest,
    required: AccessScope[],
  ): { actor?: string };
  /** Whether a request is for the token route, for a mode that has one. */
  isTokenRequest?(url: URL): boolean;
  /** Answers the token route. */
  issueToken?(request: RegistryRequest): Promise<RegistryResponse>;
}

/** A user of the registry. */
export interface RegistryUser {
  username: string;
  password: string;
  /**
   * In token mode: repository patterns (`*` stands for any characters) with
   * the actions on them; without it everything.
   */
  access?: { repository: string; actions: string[] }[];
}

/** Someone who has signed in; no access named means everything. */
export type SignedInUser = Omit<RegistryUser, 'password'>;

/** Tells who signs in; undefined when the password is wrong. */
export type SignIn = (
  username: string,
  password: string,
) => SignedInUser | undefined;

/** How the registry asks who someone is. */
export type AccessOptions =
  | { mode: 'open' }
  | { mode: 'basic'; users: RegistryUser[] | SignIn; realm?: string }
  | TokenAccessOptions;

/** Options of the Bearer mode. */
export interface TokenAccessOptions {
  mode: 'token';
  users: RegistryUser[] | SignIn;
  /** URL of the token route; `/token` of the registry's own host by default. */
  realm?: string;
  /** Milliseconds since the epoch; the machine's clock by default. */
  now?: () => number;
  /** The `service` of the challenge. */
  service?: string;
  /** Actions that tokens without a user carry; none by default. */
  anonymousActions?: string[];
  /** Seconds; 300 by default. */
  lifetimeSeconds?: number;
  /** Whether POST is taken at the realm (Harbor answers 405). */
  allowPost?: boolean;
}

/** How a list of users signs in. */
export function signInOf(users: RegistryUser[] | SignIn): SignIn {
  return typeof users === 'function'
    ? users
    : (username, password) =>
        users.find(
          each => each.username === username && each.password === password,
        );
}

/** The user and password of an `Authorization: Basic` header. */
export function parseBasic(
  header: string | undefined,
): { username: string; password: string } | undefined {
  const match = /^basic\s+([A-Za-z0-9+/=]+)$/i.exec(header ?? '');
  if (!match) {
    return undefined;
  }
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0
    ? undefined
    : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
