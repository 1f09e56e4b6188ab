import {
  RegistryCallOptions,
  RegistryError,
  remedies,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';
import { InstanceApi } from './InstanceApi';
import { partsOf } from './items';

/** Repositories that are remembered. */
const MOST_KNOWN = 500;

/** What of a repository its other operations need. */
export interface KnownRepository {
  id: string;
  /** Tags cannot be overwritten, all but `latest`. */
  isImmutable: boolean;
}

/** The ids by which an instance's other operations know its repositories. */
export class KnownRepositories {
  readonly #instance: InstanceApi;
  readonly #known = new Map<string, KnownRepository>();

  constructor(instance: InstanceApi) {
    this.#instance = instance;
  }

  /**
   * @param operation - what the repository is needed for
   * @throws RegistryError when there is none of that name
   */
  async find(
    repository: string,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<KnownRepository> {
    const known = this.#known.get(repository);
    if (known) {
      return known;
    }
    const { name, namespace } = partsOf(repository);
    const entry = await this.#instance.call<{
      RepoId?: unknown;
      TagImmutability?: unknown;
    }>('GetRepository', {
      ...options,
      operation,
      permission: 'cr:GetRepository',
      parameters: { RepoNamespaceName: namespace, RepoName: name },
    });
    if (typeof entry.RepoId !== 'string') {
      throw new RegistryError(
        'invalid-response',
        `${TITLE}: could not ${operation}: the answer holds no RepoId`,
        { hint: remedies.tryLater },
      );
    }
    const found = {
      id: entry.RepoId,
      isImmutable: entry.TagImmutability === true,
    };
    this.#remember(repository, found);
    return found;
  }

  #remember(repository: string, found: KnownRepository): void {
    this.#known.set(repository, found);
    if (this.#known.size > MOST_KNOWN) {
      const [oldest] = this.#known.keys();
      this.#known.delete(oldest);
    }
  }
}
