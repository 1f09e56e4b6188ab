import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  jfrogAccounts,
  SimulatedJFrog,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createJFrogProvider } from '../createJFrogProvider';

/** The address of the simulated JFrog Platform. */
export const JFROG_CLOUD = 'https://acme.jfrog.io';

/** What a person would have typed in for an account. */
export function loginOf({
  username,
  password,
}: Record<'password' | 'username', string>) {
  return { username, password };
}

interface Running {
  jfrog: SimulatedJFrog;
  world: VendorWorld;
}

/** A simulated JFrog Platform, and clients of it. */
export class JFrogWorld {
  /** Started anew for each test of a file. */
  static create(): JFrogWorld {
    const bench = new JFrogWorld();
    beforeEach(async () => {
      const jfrog = SimulatedJFrog.create();
      const world = await startVendorWorld({ vendors: [jfrog] });
      bench.#running = { jfrog, world };
    });
    afterEach(() => bench.#running?.world.stop());
    return bench;
  }

  #running: Running | undefined;

  get world(): VendorWorld {
    return this.#started.world;
  }

  get jfrog(): SimulatedJFrog {
    return this.#started.jfrog;
  }

  /** @param settings - with a password by default */
  connect(
    settings: ConnectionToOptions = {},
    address = JFROG_CLOUD,
    provider = createJFrogProvider(),
  ): Required<RegistryClient> {
    return provider.connect(
      connectionTo(provider, address, this.world, {
        credentials: loginOf(jfrogAccounts.portal),
        ...settings,
      }),
    ) as Required<RegistryClient>;
  }

  /** Lets Artifactory refuse what is below a path. */
  refuse(path: string, status = 403): void {
    this.world.faults.add({ path, effect: { kind: 'status', status } });
  }

  get #started(): Running {
    if (!this.#running) {
      throw new Error('The world has not started');
    }
    return this.#running;
  }
}
