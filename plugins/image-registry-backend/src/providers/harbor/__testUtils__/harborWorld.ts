import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  HarborAccount,
  harborAccounts,
  SimulatedHarbor,
  SimulatedHarborOptions,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createHarborProvider } from '../createHarborProvider';

/** The host of the simulated Harbor. */
export const HARBOR_HOST = 'harbor.example.com';

/** What a person would have typed in for an account. */
export function loginOf({
  username,
  password,
}: Pick<HarborAccount, 'password' | 'username'>) {
  return { username, password };
}

/** A simulated Harbor, and clients of it. */
export class HarborWorld {
  /** Started anew for each test of a file. */
  static create(): HarborWorld {
    const world = new HarborWorld();
    afterEach(() => world.#world?.stop());
    return world;
  }

  #world: VendorWorld | undefined;
  #harbor: SimulatedHarbor | undefined;

  get world(): VendorWorld {
    return started(this.#world);
  }

  get harbor(): SimulatedHarbor {
    return started(this.#harbor);
  }

  /** @param settings - of the robot account that may all by default */
  async start(
    settings: ConnectionToOptions = {
      credentials: loginOf(harborAccounts.robot),
    },
    options: SimulatedHarborOptions = {},
  ): Promise<Required<RegistryClient>> {
    this.#harbor = SimulatedHarbor.create(options);
    this.#world = await startVendorWorld({ vendors: [this.#harbor] });
    return this.connect(settings);
  }

  connect(settings: ConnectionToOptions): Required<RegistryClient> {
    const provider = createHarborProvider();
    const address = `https://${HARBOR_HOST}`;
    return provider.connect(
      connectionTo(provider, address, this.world, settings),
    ) as Required<RegistryClient>;
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) {
    throw new Error('The world has not started');
  }
  return part;
}
