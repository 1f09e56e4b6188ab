import {
  advise,
  RegistryCallOptions,
  RegistryError,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { componentPage } from './components';
import { NexusApi } from './NexusApi';

/** A repository of Nexus for images. */
export interface NexusRepository {
  name: string;
  type: 'hosted' | 'proxy' | 'group';
}

const entry = { name: 'text', format: 'text', type: 'text' } as const;

/** For how long the list is kept, in ms: it is asked for with each listing. */
const KEPT_MS = 60_000;

/** The repositories for images that the account may see. */
export class NexusRepositories {
  readonly #api: NexusApi;
  #kept: { until: number; list: Promise<NexusRepository[]> } | undefined;

  constructor(api: NexusApi) {
    this.#api = api;
  }

  /** @throws RegistryError */
  async list({
    priority,
    signal,
  }: RegistryCallOptions): Promise<NexusRepository[]> {
    if (!this.#kept || this.#kept.until < Date.now()) {
      // Others may wait for the same one: our signal must not end it.
      const list = this.#read(priority);
      this.#kept = { until: Date.now() + KEPT_MS, list };
      list.catch(() => {
        this.#kept = undefined;
      });
    }
    const list = await this.#kept.list;
    signal?.throwIfAborted();
    return list;
  }

  /**
   * @returns undefined when only the list does not have it
   * @throws RegistryError `not-found` when there is none, `forbidden` when the
   * account may not see it
   */
  async typeOf(
    name: string,
    options: RegistryCallOptions,
  ): Promise<NexusRepository['type'] | undefined> {
    const list = await this.list(options);
    const found = list.find(repository => repository.name === name);
    if (!found) {
      // The list leaves out what may not be seen; components tell why.
      await this.firstImage(name, options);
    }
    return found?.type;
  }

  /**
   * The name of any image in a repository of Nexus.
   * @throws RegistryError `not-found` when there is no such repository
   */
  async firstImage(
    name: string,
    { signal, priority }: RegistryCallOptions,
  ): Promise<string | undefined> {
    try {
      const response = await this.#api.send({
        signal,
        priority,
        path: `/components?repository=${encodeURIComponent(name)}`,
        operation: `list the images of the repository ${name}`,
        repository: name,
      });
      const { items } = shaped(response.json(), componentPage);
      return items?.find(item => item.name)?.name;
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'not-found') {
        throw error;
      }
      throw new RegistryError(
        'not-found',
        `Sonatype Nexus: there is no repository ${name}`,
        {
          cause: error,
          status: error.status,
          hint: advise(
            'nexus-check-name',
            'Check the Repository Name, and that the API address is that of Nexus itself',
          ),
        },
      );
    }
  }

  async #read(
    priority: RegistryCallOptions['priority'],
  ): Promise<NexusRepository[]> {
    const response = await this.#api.send({
      priority,
      path: '/repositories',
      operation: 'list the repositories',
    });
    const entries = response.json<unknown>();
    return (Array.isArray(entries) ? entries : []).flatMap(toRepository);
  }
}

function toRepository(told: unknown): NexusRepository[] {
  const { name, format, type } = shaped(told, entry);
  return name && format === 'docker'
    ? [{ name, type: type === 'proxy' || type === 'group' ? type : 'hosted' }]
    : [];
}
