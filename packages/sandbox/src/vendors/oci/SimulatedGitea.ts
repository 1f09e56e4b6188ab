import { randomBytes } from 'node:crypto';
import {
  AccessControl,
  AccessScope,
  parseBasic,
} from '../../registry/access/AccessControl';
import { RegistryError } from '../../registry/protocol/RegistryError';
import {
  emptyResponse,
  jsonResponse,
  RegistryRequest,
  RegistryResponse,
} from '../../registry/routes/exchange';
import { seedVendorImages } from '../registry/seedVendorImages';
import { listStoredRepositories } from '../registry/storedImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { jsonAnswer, textAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';

/** Who signs in at the simulated gitea.example.com. */
export const giteaAccount = {
  username: 'ada',
  password: 'gitea-access-token-of-ada-0123456789',
} as const;

const HOST = 'gitea.example.com';

/** Repositories of a page of the catalog, at most, whatever is asked for. */
const CATALOG_PAGE = 100;

/** Milliseconds for which a token holds; the answer does not say so. */
const TOKEN_LIFE = 24 * 60 * 60 * 1000;

const CHALLENGES = [
  `Bearer realm="https://${HOST}/v2/token",service="container_registry",scope="*"`,
  'Basic',
];

/** Tokens without scopes; everybody gets one, which opens nothing private. */
class GiteaAccess implements AccessControl {
  readonly #clock: VendorClock;
  readonly #tokens = new Map<string, { user: string; expiresAt: number }>();

  constructor(clock: VendorClock) {
    this.#clock = clock;
  }

  isTokenRequest(url: URL): boolean {
    return url.host === HOST && url.pathname === '/v2/token';
  }

  async issueToken(request: RegistryRequest): Promise<RegistryResponse> {
    if (request.method !== 'GET') {
      return emptyResponse(404);
    }
    const login = parseBasic(request.headers.authorization);
    if (login && !isRight(login)) {
      throw new RegistryError('UNAUTHORIZED');
    }
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, {
      user: login?.username ?? '',
      expiresAt: this.#clock.now() + TOKEN_LIFE,
    });
    return jsonResponse(200, { token });
  }

  authorize(
    { headers }: RegistryRequest,
    required: AccessScope[],
  ): { actor?: string } {
    if (!this.lets(headers.authorization)) {
      throw new RegistryError('UNAUTHORIZED', required, {
        'WWW-Authenticate': CHALLENGES.join(', '),
      });
    }
    return { actor: giteaAccount.username };
  }

  /** By a token, or by Basic. */
  lets(authorization = ''): boolean {
    const login = parseBasic(authorization);
    if (login) {
      return isRight(login);
    }
    const token = /^bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '';
    const issued = this.#tokens.get(token);
    return (
      issued !== undefined &&
      issued.user !== '' &&
      issued.expiresAt > this.#clock.now()
    );
  }
}

function isRight(login: { username: string; password: string }): boolean {
  return (
    login.username === giteaAccount.username &&
    login.password === giteaAccount.password
  );
}

/**
 * Gitea's container registry (routers/api/packages/container): two challenges,
 * tokens that carry no scopes, and a catalog since 1.18.
 */
export class SimulatedGitea implements SimulatedVendor {
  readonly id = 'gitea';
  readonly hosts = [HOST];
  readonly registry: VendorRegistry;
  readonly #access: GiteaAccess;
  readonly #hasCatalog: boolean;

  /** @param hasCatalog - false for a Gitea before 1.18 */
  static create({
    clock = new VendorClock(),
    hasCatalog = true,
  }: { clock?: VendorClock; hasCatalog?: boolean } = {}): SimulatedGitea {
    const gitea = new SimulatedGitea(clock, hasCatalog);
    seedVendorImages(gitea.registry, 'acme');
    return gitea;
  }

  private constructor(clock: VendorClock, hasCatalog: boolean) {
    this.#hasCatalog = hasCatalog;
    this.#access = new GiteaAccess(clock);
    this.registry = new VendorRegistry({ clock, access: this.#access });
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    if (request.path !== '/v2/_catalog') {
      return this.registry.handle(request);
    }
    if (!this.#hasCatalog) {
      return textAnswer('Not found.\n', { status: 404 });
    }
    return this.#access.lets(request.headers.authorization)
      ? this.#catalog(request)
      : jsonAnswer(
          { errors: [{ code: 'UNAUTHORIZED', message: '' }] },
          { status: 401, headers: { 'WWW-Authenticate': CHALLENGES } },
        );
  }

  /** A full page is followed by another one, be it empty. */
  #catalog({ query }: VendorRequest): VendorAnswer {
    const asked = Number(query.get('n') ?? 0);
    const n = asked > 0 && asked <= CATALOG_PAGE ? asked : CATALOG_PAGE;
    const last = query.get('last') ?? '';
    const page = listStoredRepositories(this.registry.content)
      .filter(name => name > last)
      .slice(0, n);
    const next = new URLSearchParams({ last: page.at(-1) ?? '', n: String(n) });
    return jsonAnswer(
      { repositories: page.length ? page : null },
      page.length === n
        ? { headers: { Link: `</v2/_catalog?${next}>; rel="next"` } }
        : {},
    );
  }
}
