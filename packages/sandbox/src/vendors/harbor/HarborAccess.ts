import {
  AccessControl,
  AccessScope,
  parseBasic,
} from '../../registry/access/AccessControl';
import { TokenAccess } from '../../registry/access/TokenAccess';
import { RegistryError } from '../../registry/protocol/RegistryError';
import {
  RegistryRequest,
  RegistryResponse,
} from '../../registry/routes/exchange';
import { VendorClock } from '../VendorClock';
import { HarborAccount } from './accounts';
import { HarborState } from './HarborState';

/**
 * How Harbor's registry lets people in
 * (src/server/middleware/v2auth, src/core/service/token): tokens of its own
 * realm, or Basic. A wrong password is nobody's: at the token route it is only
 * refused when no scope is asked for, as `docker login` does.
 */
export class HarborAccess implements AccessControl {
  readonly #state: HarborState;
  readonly #tokens: TokenAccess;

  constructor(state: HarborState, realm: string, clock: VendorClock) {
    this.#state = state;
    this.#tokens = new TokenAccess({
      mode: 'token',
      realm,
      service: 'harbor-registry',
      now: clock.now,
      lifetimeSeconds: 1800,
      allowPost: false,
      users: (username, password) => {
        const account = state.signIn(username, password);
        return account && { username, access: this.#accessOf(account) };
      },
    });
  }

  isTokenRequest(url: URL): boolean {
    return this.#tokens.isTokenRequest(url);
  }

  async issueToken(request: RegistryRequest): Promise<RegistryResponse> {
    const isKnown = this.#accountOf(request) !== undefined;
    if (!isKnown && !request.url.searchParams.has('scope')) {
      throw new RegistryError('UNAUTHORIZED');
    }
    const { authorization, ...anonymous } = request.headers;
    return this.#tokens.issueToken(
      isKnown ? request : { ...request, headers: anonymous },
    );
  }

  authorize(
    request: RegistryRequest,
    required: AccessScope[],
  ): { actor?: string } {
    if (!/^basic/i.test(request.headers.authorization ?? '')) {
      return this.#tokens.authorize(request, required);
    }
    const account = this.#accountOf(request);
    const mayAll = required.every(({ type, name, actions }) =>
      type === 'registry'
        ? this.#state.may(account, 'catalog:read', undefined)
        : actions.every(action => action === 'pull') &&
          this.#state.may(account, 'repository:pull', projectOf(name)),
    );
    if (!account || !mayAll) {
      throw new RegistryError('UNAUTHORIZED', required, {
        'WWW-Authenticate': 'Basic realm="harbor"',
      });
    }
    return { actor: account.username };
  }

  #accountOf({ headers }: RegistryRequest): HarborAccount | undefined {
    const login = parseBasic(headers.authorization);
    return login && this.#state.signIn(login.username, login.password);
  }

  #accessOf(account: HarborAccount) {
    const pulls = this.#state.projects
      .filter(({ name }) => this.#state.may(account, 'repository:pull', name))
      .map(({ name }) => ({ repository: `${name}/*`, actions: ['pull'] }));
    return this.#state.may(account, 'catalog:read', undefined)
      ? [...pulls, { repository: 'registry:catalog', actions: ['*'] }]
      : pulls;
  }
}

function projectOf(repository: string): string {
  return repository.split('/', 1)[0];
}
