import { ConflictError, NotFoundError } from '@backstage/errors';
import { KeptPullSecret } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  EnsuredPullSecret,
  PullSecretAttachment,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { Drivers } from '../targets';
import { KeptSecretKey, KeptSecretStore } from './KeptSecretStore';

/** What {@link PullSecretService} is made of. */
export interface PullSecretServiceOptions {
  drivers: Drivers;
  registries: RegistryService;
  store: KeptSecretStore;
}

/** A secret that is to be kept. */
export interface KeepRequest extends KeptSecretKey {
  author: string;
  /** Remembered, so that a new service account of the name gets it again. */
  serviceAccount?: string;
  /** Attached once; the secret is kept fresh all the same. */
  attach?: PullSecretAttachment;
}

/** Puts registries' logins into namespaces and keeps them fresh. */
export class PullSecretService {
  private constructor(private readonly options: PullSecretServiceOptions) {}

  static create(options: PullSecretServiceOptions): PullSecretService {
    return new PullSecretService(options);
  }

  /**
   * @throws ConflictError for a registry that is pulled from without login
   * @throws PullLoginRefusedError, RegistryError or DriverError
   */
  async keep(request: KeepRequest): Promise<KeptPullSecret> {
    const { registries, store } = this.options;
    const registry = await registries.get(request.registryId);
    if (!(await registries.pullLogin(registry.id))) {
      throw refusal(
        ConflictError,
        because(
          'pull-login-unneeded',
          `${registry.name} is pulled from without a login, so there is nothing to put into a namespace`,
          { registry: registry.name },
        ),
      );
    }
    await store.keep(request, request);
    await this.refresh(request, request.attach);
    const kept = await store.get(request);
    if (!kept) {
      throw refusal(
        NotFoundError,
        because('pull-secret-removed', 'The pull secret was removed meanwhile'),
      );
    }
    return kept;
  }

  /**
   * Brings one secret up to date and notes how that went.
   * @throws what the registry or the cluster failed with
   */
  async refresh(
    key: KeptSecretKey,
    attach?: PullSecretAttachment,
  ): Promise<EnsuredPullSecret['change'] | 'none'> {
    const { registries, drivers, store } = this.options;
    const { cluster, namespace, registryId } = key;
    try {
      const kept = await store.get(key);
      const login = await registries.pullLogin(registryId);
      if (!login) {
        throw refusal(
          ConflictError,
          because(
            'registry-needs-no-login',
            'The registry needs no login any more',
          ),
        );
      }
      const driver = await drivers.places({ cluster });
      const account = kept?.serviceAccount;
      const { host, username, password, expiresAt, renewAt } = login;
      const { secret, change } = await driver.ensurePullSecret({
        place: { cluster, namespace },
        registryId,
        host,
        login: { username, password, expiresAt },
        attach: attach ?? (account ? { serviceAccount: account } : undefined),
      });
      await store.note(key, {
        state: 'fresh',
        name: secret.name,
        host,
        expiresAt,
        renewAt,
        written: change !== 'unchanged',
      });
      return change;
    } catch (error) {
      await store.note(key, { state: 'failed', message: messageOf(error) });
      throw error;
    }
  }

  /** Takes a secret out of its namespace, then forgets it. */
  async remove(key: KeptSecretKey): Promise<void> {
    const { drivers, store } = this.options;
    if (!(await store.get(key))) {
      throw refusal(
        NotFoundError,
        because('no-such-pull-secret', 'The portal keeps no such pull secret'),
      );
    }
    const driver = await drivers.places(key);
    await driver.removePullSecret(key);
    await store.remove(key);
  }

  list(): Promise<KeptPullSecret[]> {
    return this.options.store.list();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
