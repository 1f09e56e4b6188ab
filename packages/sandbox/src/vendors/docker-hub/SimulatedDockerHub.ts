import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { basicLoginOf, bearerTokenOf, VendorRequest } from '../VendorRequest';
import { accountOf, ANONYMOUS_PULLS, DockerHubAccount } from './accounts';
import { DockerHubAccess } from './DockerHubAccess';
import { SimulatedHubApi } from './hubApi';
import { PullLimits } from './PullLimits';

const REGISTRY = 'registry-1.docker.io';
const HUB = 'hub.docker.com';
const STORAGE = 'production.cloudflare.docker.com';

const MANIFEST = /^\/v2\/.+\/manifests\/[^/]+$/;

/**
 * Docker Hub: the registry with its limit of pulls, the token service and the
 * API of the web site. `acme` and `ada` are private, `library` and
 * `opensource` are for everybody.
 */
export class SimulatedDockerHub implements SimulatedVendor {
  readonly id = 'docker-hub';
  readonly hosts = [REGISTRY, 'auth.docker.io', HUB, STORAGE];
  readonly registry: VendorRegistry;
  readonly hub: SimulatedHubApi;
  readonly limits = new PullLimits();
  /** Accounts by the tokens of auth.docker.io; undefined: nobody's. */
  readonly #holders = new Map<string, DockerHubAccount | undefined>();

  /** @param seed - false for an empty registry */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedDockerHub {
    const hub = new SimulatedDockerHub(clock);
    if (seed) {
      seedVendorImages(hub.registry, 'acme');
      for (const repository of [
        'ada/notes',
        'library/nginx',
        'opensource/tool',
        'ratelimitpreview/test',
      ]) {
        hub.registry.add({ repository, tags: ['latest'] });
      }
    }
    return hub;
  }

  private constructor(clock: VendorClock) {
    this.registry = new VendorRegistry({
      clock,
      access: new DockerHubAccess('https://auth.docker.io/token', clock),
      storage: `https://${STORAGE}`,
    });
    this.hub = new SimulatedHubApi(this.registry.content, clock);
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    if (request.host === HUB) {
      return this.hub.answer(request);
    }
    const answer = await this.registry.handle(request);
    if (answer && request.host === 'auth.docker.io') {
      this.#remember(request, answer);
    }
    return answer && request.host === REGISTRY && MANIFEST.test(request.path)
      ? this.limits.answer(request, answer, this.#puller(request))
      : answer;
  }

  #remember(request: VendorRequest, { body, status }: VendorAnswer): void {
    if (status === 200 && Buffer.isBuffer(body)) {
      const login = basicLoginOf(request);
      const { token } = JSON.parse(body.toString('utf8')) as { token: string };
      this.#holders.set(
        token,
        login && accountOf(login.username, login.password),
      );
    }
  }

  /** Who pulls are counted for. */
  #puller(request: VendorRequest): { who: string; limit: number | undefined } {
    const account = this.#holders.get(bearerTokenOf(request) ?? '');
    return account
      ? { who: account.username, limit: account.pulls }
      : { who: '203.0.113.7', limit: ANONYMOUS_PULLS };
  }
}
