import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';

/** Who signs in at the simulated zot.example.com. */
export const zotAccount = {
  username: 'ada',
  password: 'zot-password-of-ada',
} as const;

/**
 * zot with a file of passwords (zotregistry.dev/articles/authn-authz): Basic
 * for everything, a catalog in pages with links, and referrers. A proxy may
 * serve it below a path.
 */
export class SimulatedZot implements SimulatedVendor {
  readonly id = 'zot';
  readonly hosts = ['zot.example.com'];
  readonly registry: VendorRegistry;

  /**
   * @param prefix - path below which a proxy serves it, for example `/images`;
   * zot does not know of it, so its links leave it out
   */
  static create({
    clock = new VendorClock(),
    prefix = '',
  }: { clock?: VendorClock; prefix?: string } = {}): SimulatedZot {
    const zot = new SimulatedZot(clock, prefix);
    seedVendorImages(zot.registry, 'acme');
    return zot;
  }

  readonly #prefix: string;

  private constructor(clock: VendorClock, prefix: string) {
    this.#prefix = prefix;
    this.registry = new VendorRegistry({
      clock,
      prefix,
      access: {
        mode: 'basic',
        realm: 'Authorization Required',
        users: (username, password) =>
          username === zotAccount.username && password === zotAccount.password
            ? { username }
            : undefined,
      },
    });
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const answer = await this.registry.handle(request);
    const link = answer?.headers.Link;
    return answer && typeof link === 'string'
      ? {
          ...answer,
          headers: {
            ...answer.headers,
            Link: link.replace(`${this.#prefix}/v2/`, '/v2/'),
          },
        }
      : answer;
  }
}
