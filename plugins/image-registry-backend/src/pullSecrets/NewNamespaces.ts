import { LoggerService } from '@backstage/backend-plugin-api';
import { Environment } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryService } from '../registries';
import { Drivers, EnvironmentStore } from '../targets';
import { registryOf } from './EnvironmentReviews';
import { findNamespaces } from './findNamespaces';
import { KeptSecretStore } from './KeptSecretStore';
import { PullSecretService } from './PullSecretService';

/** What {@link NewNamespaces} is made of. */
export interface NewNamespacesOptions {
  drivers: Drivers;
  environments: EnvironmentStore;
  logger: LoggerService;
  registries: RegistryService;
  service: PullSecretService;
  store: KeptSecretStore;
}

/** Pods that name no service account run as this one. */
export const DEFAULT_SERVICE_ACCOUNT = 'default';

/**
 * Gives the pull secret of an environment's registry to those of its
 * namespaces that have none yet, where the environment says so.
 */
export class NewNamespaces {
  constructor(private readonly options: NewNamespacesOptions) {}

  /**
   * A namespace that refuses is logged and tried again the next time.
   * @returns how many were given one
   */
  async run(signal?: AbortSignal): Promise<number> {
    const { environments } = this.options;
    let given = 0;
    for (const environment of await environments.list()) {
      if (environment.keepPullSecrets && !signal?.aborted) {
        given += await this.#give(environment, signal);
      }
    }
    return given;
  }

  async #give(environment: Environment, signal?: AbortSignal): Promise<number> {
    const { drivers, environments, registries, service, store } = this.options;
    const registryId = await registryOf(registries, environment);
    if (!registryId || !(await this.#hasLogin(registryId))) {
      return 0;
    }
    const author = await environments.pullSecretAuthor(environment.id);
    let given = 0;
    for (const place of await findNamespaces(drivers, environment, signal)) {
      for (const namespace of place.names) {
        const key = { cluster: place.cluster, namespace, registryId };
        if (signal?.aborted || !author || (await store.get(key))) {
          continue;
        }
        given += await this.#keep(() =>
          service.keep({
            ...key,
            author,
            serviceAccount: DEFAULT_SERVICE_ACCOUNT,
          }),
        );
      }
    }
    return given;
  }

  async #hasLogin(registryId: string): Promise<boolean> {
    try {
      return (
        (await this.options.registries.pullLogin(registryId)) !== undefined
      );
    } catch (error) {
      this.options.logger.warn(
        `New namespaces get no pull secret of ${registryId}: ${messageOf(
          error,
        )}`,
      );
      return false;
    }
  }

  async #keep(keep: () => Promise<unknown>): Promise<number> {
    try {
      await keep();
      return 1;
    } catch (error) {
      this.options.logger.warn(
        `A new namespace got no pull secret: ${messageOf(error)}`,
      );
      return 0;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
