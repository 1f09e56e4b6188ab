import { randomBytes } from 'node:crypto';
import {
  AccessControl,
  AccessScope,
  SignedInUser,
} from '../../registry/access/AccessControl';
import { TokenAccess } from '../../registry/access/TokenAccess';
import {
  RegistryRequest,
  RegistryResponse,
} from '../../registry/routes/exchange';
import { VendorClock } from '../VendorClock';
import { accountOf, DockerHubAccount, PUBLIC_NAMESPACES } from './accounts';

/**
 * How registry-1.docker.io lets people in: tokens of auth.docker.io, of which
 * everybody gets one for what is public.
 */
export class DockerHubAccess implements AccessControl {
  readonly #tokens: TokenAccess;
  /** Stands for nobody's password, so that nobody can sign in with it. */
  readonly #nobody = randomBytes(16).toString('hex');

  constructor(realm: string, clock: VendorClock) {
    this.#tokens = new TokenAccess({
      mode: 'token',
      realm,
      service: 'registry.docker.io',
      now: clock.now,
      lifetimeSeconds: 300,
      users: (username, password) => {
        if (username === '' && password === this.#nobody) {
          return toUser('', undefined);
        }
        const account = accountOf(username, password);
        return account && toUser(username, account);
      },
    });
  }

  isTokenRequest(url: URL): boolean {
    return this.#tokens.isTokenRequest(url);
  }

  issueToken(request: RegistryRequest): Promise<RegistryResponse> {
    const nobody = Buffer.from(`:${this.#nobody}`).toString('base64');
    return this.#tokens.issueToken({
      ...request,
      headers: { authorization: `Basic ${nobody}`, ...request.headers },
    });
  }

  authorize(
    request: RegistryRequest,
    required: AccessScope[],
  ): { actor?: string } {
    return this.#tokens.authorize(request, required);
  }
}

function toUser(
  username: string,
  account: DockerHubAccount | undefined,
): SignedInUser {
  const own = account?.mayRead ? account.namespaces : [];
  return {
    username,
    access: [...PUBLIC_NAMESPACES, ...own].map(namespace => ({
      repository: `${namespace}/*`,
      actions: ['pull'],
    })),
  };
}
