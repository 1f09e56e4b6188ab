import {
  RegistryClient,
  RegistryConnection,
} from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  DockerHubAccount,
  dockerHubAccounts,
  SimulatedDockerHub,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createDockerHubProvider } from '../createDockerHubProvider';

/** The host of the API. */
export const HUB_HOST = 'hub.docker.com';

/** What a person would have typed in for an account. */
export function loginOf({
  username,
  secret,
}: Pick<DockerHubAccount, 'secret' | 'username'>) {
  return { username, password: secret };
}

interface Running {
  dockerHub: SimulatedDockerHub;
  world: VendorWorld;
  connection: RegistryConnection;
}

/** A simulated Docker Hub, and a client of it. */
export class DockerHubWorld {
  /** Started anew for each test of a file. */
  static create(): DockerHubWorld {
    const bench = new DockerHubWorld();
    afterEach(() => bench.#running?.world.stop());
    return bench;
  }

  #running: Running | undefined;

  get world(): VendorWorld {
    return this.#started.world;
  }

  get dockerHub(): SimulatedDockerHub {
    return this.#started.dockerHub;
  }

  get connection(): RegistryConnection {
    return this.#started.connection;
  }

  /** @param settings - with a personal token by default */
  async start(
    settings: ConnectionToOptions = {
      credentials: loginOf(dockerHubAccounts.personal),
    },
  ): Promise<Required<RegistryClient>> {
    const dockerHub = SimulatedDockerHub.create();
    const world = await startVendorWorld({ vendors: [dockerHub] });
    const provider = createDockerHubProvider();
    const connection = connectionTo(provider, 'docker.io', world, settings);
    this.#running = { dockerHub, world, connection };
    return provider.connect(connection) as Required<RegistryClient>;
  }

  get #started(): Running {
    if (!this.#running) {
      throw new Error('The world has not started');
    }
    return this.#running;
  }
}
