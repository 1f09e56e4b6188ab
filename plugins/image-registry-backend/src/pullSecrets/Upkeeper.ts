import { LoggerService } from '@backstage/backend-plugin-api';
import { KeptSecretStore } from './KeptSecretStore';
import { PullSecretService } from './PullSecretService';

/** What {@link Upkeeper} is made of. */
export interface UpkeeperOptions {
  logger: LoggerService;
  service: PullSecretService;
  store: KeptSecretStore;
}

/**
 * Compares every kept secret with what its registry gives out now. That costs
 * one read of the cluster each; a login that is short-lived, or was changed in
 * the registry's settings, is written by the way.
 */
export class Upkeeper {
  private constructor(private readonly options: UpkeeperOptions) {}

  static create(options: UpkeeperOptions): Upkeeper {
    return new Upkeeper(options);
  }

  /**
   * One after the other, so that a registry that issues logins is not pressed;
   * a failure is noted and does not stop the rest.
   * @returns how many were written
   */
  async run(signal?: AbortSignal): Promise<number> {
    const { logger, service, store } = this.options;
    let written = 0;
    for (const secret of await store.list()) {
      if (signal?.aborted) {
        break;
      }
      const { cluster, namespace, registryId } = secret;
      try {
        const change = await service.refresh(secret);
        written += change === 'unchanged' ? 0 : 1;
      } catch (error) {
        logger.warn(
          `The pull secret of ${registryId} in ${cluster}/${namespace} could not be kept fresh: ${
            error instanceof Error ? error.message : error
          }`,
        );
      }
    }
    return written;
  }
}
