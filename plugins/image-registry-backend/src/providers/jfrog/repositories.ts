import {
  advise,
  RegistryError,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { JFrogApi, JFrogCall } from './JFrogApi';

/** How a repository of Artifactory comes by what it holds. */
export type JFrogRepositoryType = 'local' | 'remote' | 'virtual' | 'federated';

/** A repository for images. */
export interface JFrogRepository {
  key: string;
  type: JFrogRepositoryType;
}

const entry = { key: 'text', type: 'text', packageType: 'text' } as const;

/** For how long the list is kept, in ms: it is asked for with each listing. */
const KEPT_MS = 60_000;

/** Tens of thousands of repositories fit into this many bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Answers after which only Docker's protocol is left. */
const unknown: readonly unknown[] = [401, 403, 404, 405];

const packageTypes: readonly unknown[] = ['docker', 'oci'];

/** The repositories for images that the account may see. */
export class JFrogRepositories {
  readonly #api: JFrogApi;
  #kept: { until: number; list: Promise<JFrogRepository[]> } | undefined;

  constructor(api: JFrogApi) {
    this.#api = api;
  }

  /** @throws RegistryError */
  async list(
    options: Pick<JFrogCall, 'priority' | 'signal'>,
  ): Promise<JFrogRepository[]> {
    if (!this.#kept || this.#kept.until < Date.now()) {
      // Others may wait for the same one: our signal must not end it.
      const list = this.#read(options.priority);
      this.#kept = { until: Date.now() + KEPT_MS, list };
      list.catch(() => {
        this.#kept = undefined;
      });
    }
    const list = await this.#kept.list;
    options.signal?.throwIfAborted();
    return list;
  }

  /**
   * What kind of repository a key names.
   *
   * @returns undefined when the account may not know, or the API is elsewhere
   * @throws RegistryError `not-found` when the list has no such key
   */
  async typeOf(
    key: string,
    options: Pick<JFrogCall, 'priority' | 'signal'>,
  ): Promise<JFrogRepositoryType | undefined> {
    let list: JFrogRepository[];
    try {
      list = await this.list(options);
    } catch (error) {
      if (error instanceof RegistryError && unknown.includes(error.status)) {
        return undefined;
      }
      throw error;
    }
    const found = list.find(repository => repository.key === key);
    // Caches of remote repositories are not in the list.
    if (!found && !key.endsWith('-cache')) {
      throw new RegistryError(
        'not-found',
        `JFrog Artifactory: there is no repository ${key} for images, or the account may not see it`,
        {
          hint: advise(
            'jfrog-check-key',
            'Check the repository key, and that the account may read the repository',
          ),
        },
      );
    }
    return found?.type ?? 'local';
  }

  async #read(priority: JFrogCall['priority']): Promise<JFrogRepository[]> {
    const response = await this.#api.send({
      priority,
      path: '/api/repositories',
      operation: 'list the repositories',
      needs: { action: 'Read' },
      maxBytes: MAX_BYTES,
    });
    const entries = response.json<unknown>();
    return (Array.isArray(entries) ? entries : []).flatMap(toRepository);
  }
}

function toRepository(told: unknown): JFrogRepository[] {
  const { key, type, packageType } = shaped(told, entry);
  return key && packageTypes.includes(packageType?.toLowerCase())
    ? [{ key, type: toType(type) }]
    : [];
}

function toType(type: string | undefined): JFrogRepositoryType {
  const lower = type?.toLowerCase();
  return lower === 'remote' || lower === 'virtual' || lower === 'federated'
    ? lower
    : 'local';
}
