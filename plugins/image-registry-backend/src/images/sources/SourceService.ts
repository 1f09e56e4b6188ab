import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import {
  ComponentSource,
  ComponentSources,
  parseReference,
  PutComponentSources,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService, StoredRegistry } from '../../registries';
import { ImageService } from '../ImageService';
import { annotatedSources } from './annotatedSources';
import { SourceStore } from './SourceStore';

/** An image that a container of the component runs somewhere. */
export interface RunningImage {
  container: string;
  environment?: string;
  /** As the specification of the workload says it. */
  image: string;
}

/** Tells what runs of a component; the room of targets knows. */
export type RunningImages = (entity: Entity) => Promise<RunningImage[]>;

/** What {@link SourceService} is made of. */
export interface SourceServiceOptions {
  store: SourceStore;
  registries: RegistryService;
  images: ImageService;
  logger: LoggerService;
  runningImages: RunningImages;
}

const RUNNING_DEADLINE_MS = 5_000;
const SUGGESTIONS_DEADLINE_MS = 2_500;
const MOST_SUGGESTIONS = 10;

/** Registries from which nothing can be suggested. */
const silentStates: readonly string[] = ['unreachable', 'locked', 'removed'];

type Suggestion = ComponentSources['suggestions'][number];

/**
 * Where a component's images come from: what catalog-info.yaml says, else
 * what a person chose, else what runs.
 */
export class SourceService {
  readonly #options: SourceServiceOptions;

  static create(options: SourceServiceOptions): SourceService {
    return new SourceService(options);
  }

  private constructor(options: SourceServiceOptions) {
    this.#options = options;
    options.registries.addUsageSource(id => options.store.usages(id));
  }

  async get(entity: Entity): Promise<ComponentSources> {
    const [sources, suggestions] = await Promise.all([
      this.#sources(entity),
      this.#suggestions(entity),
    ]);
    const known = new Set(
      sources.map(({ image }) => `${image.registryId} ${image.repository}`),
    );
    return {
      items: sources,
      suggestions: suggestions.filter(
        each => !known.has(`${each.registryId} ${each.repository}`),
      ),
    };
  }

  /**
   * @throws InputError for a repository that the component may not use
   * @throws ConflictError for what catalog-info.yaml says already
   */
  async choose(
    entity: Entity,
    sources: PutComponentSources['sources'],
    chosenBy: string,
  ): Promise<void> {
    const fixed = await this.#fromCatalog(entity);
    for (const [index, source] of sources.entries()) {
      await this.#checkChoice(entity, source, index);
      if (fixed.some(each => covers(each, source))) {
        throw refusal(
          ConflictError,
          because(
            'source-from-catalog',
            'catalog-info.yaml says where the images come from; change its annotation',
          ),
        );
      }
    }
    await this.#options.store.replace(
      refOf(entity),
      sources.map(({ image, ...place }) => ({ ...place, ...image })),
      chosenBy,
    );
  }

  /** What runs, or catalog-info.yaml, decides again. */
  async forget(entity: Entity, by: string): Promise<void> {
    await this.#options.store.replace(refOf(entity), [], by);
  }

  async #checkChoice(
    entity: Entity,
    { image, container, environment }: PutComponentSources['sources'][number],
    index: number,
  ): Promise<void> {
    const { registries } = this.#options;
    const registry = await registries.find(image.registryId);
    if (
      !registry ||
      !registries.isGranted(registry, image.repository, entity)
    ) {
      const place = [container, environment].filter(Boolean).join(' in ');
      throw new InputError(
        `Invalid body: sources[${index}].image${
          place ? ` (${place})` : ''
        }: the component may not use ${image.repository} of registry ${
          image.registryId
        }, or there is no such registry`,
      );
    }
  }

  async #sources(entity: Entity): Promise<ComponentSource[]> {
    const [fromCatalog, chosen, inferred] = await Promise.all([
      this.#fromCatalog(entity),
      this.#chosen(entity),
      this.#inferred(entity),
    ]);
    return [chosen, inferred].reduce(
      (sources, lower) => [
        ...sources,
        ...lower.filter(each => !sources.some(higher => covers(higher, each))),
      ],
      fromCatalog,
    );
  }

  async #fromCatalog(entity: Entity): Promise<ComponentSource[]> {
    const sources = await Promise.all(
      annotatedSources(entity).map(async ({ container, reference }) => {
        const image = await this.#locate(reference);
        return image
          ? [
              {
                ...(container && { container }),
                image,
                origin: 'catalog' as const,
              },
            ]
          : [];
      }),
    );
    return sources.flat();
  }

  async #chosen(entity: Entity): Promise<ComponentSource[]> {
    const chosen = await this.#options.store.list(refOf(entity));
    return chosen.map(({ registryId, repository, ...place }) => ({
      ...place,
      image: { registryId, repository },
      origin: 'chosen',
    }));
  }

  async #inferred(entity: Entity): Promise<ComponentSource[]> {
    const { runningImages, logger } = this.#options;
    const running = await within(RUNNING_DEADLINE_MS, [], async () =>
      runningImages(entity),
    ).catch(error => {
      logger.warn(`Could not read what runs of ${refOf(entity)}: ${error}`);
      return [];
    });
    const located = await Promise.all(
      running.map(async ({ image, ...place }) => {
        const found = await this.#locate(image);
        return found
          ? [{ ...place, image: found, origin: 'inferred' as const }]
          : [];
      }),
    );
    return withoutNeedlessEnvironments(located.flat());
  }

  async #locate(
    reference: string,
  ): Promise<ComponentSource['image'] | undefined> {
    const served = await this.#options.registries.findByImage(reference);
    if (served) {
      return { registryId: served.registry.id, repository: served.repository };
    }
    try {
      const { registry, repository } = parseReference(reference);
      return { host: registry, repository };
    } catch {
      // What is no reference names no source.
      return undefined;
    }
  }

  async #suggestions(entity: Entity): Promise<Suggestion[]> {
    const { registries } = this.#options;
    const connected = (await registries.list()).filter(
      ({ status }) => !silentStates.includes(status.state),
    );
    const found: Suggestion[] = [];
    await within(SUGGESTIONS_DEADLINE_MS, undefined, async () => {
      await Promise.allSettled(
        connected.map(async registry => {
          found.push(...(await this.#suggestionsOf(registry, entity)));
        }),
      );
      return undefined;
    });
    return found.slice(0, MOST_SUGGESTIONS);
  }

  async #suggestionsOf(
    registry: StoredRegistry,
    entity: Entity,
  ): Promise<Suggestion[]> {
    const { images, registries } = this.#options;
    const name = entity.metadata.name.toLowerCase();
    const { items } = await images.repositoriesOf(registry);
    return items
      .filter(
        ({ repository }) =>
          repository.split('/').at(-1) === name &&
          registries.isGranted(registry, repository, entity),
      )
      .map(({ repository }) => ({ registryId: registry.id, repository }));
  }
}

function refOf(entity: Entity): string {
  return stringifyEntityRef(entity);
}

type Place = Pick<ComponentSource, 'container' | 'environment'>;

/** Whether a source says everything that another could say. */
function covers(higher: Place, lower: Place): boolean {
  return (
    (higher.container === undefined || higher.container === lower.container) &&
    (higher.environment === undefined ||
      higher.environment === lower.environment)
  );
}

/** A container that runs the same repository everywhere is one source. */
function withoutNeedlessEnvironments(
  sources: ComponentSource[],
): ComponentSource[] {
  const nameOf = ({ image }: ComponentSource) =>
    JSON.stringify([image.registryId, image.host, image.repository]);
  const containers = [...new Set(sources.map(({ container }) => container))];
  return containers.flatMap(container => {
    const own = sources.filter(each => each.container === container);
    const [{ environment: _, ...first }] = own;
    return new Set(own.map(nameOf)).size === 1
      ? [first]
      : own.filter(
          (each, index) =>
            own.findIndex(
              other =>
                other.environment === each.environment &&
                nameOf(other) === nameOf(each),
            ) === index,
        );
  });
}

/** What is known when the time is over. */
async function within<T>(
  milliseconds: number,
  otherwise: T,
  run: () => Promise<T>,
): Promise<T> {
  return Promise.race([run(), sleep(milliseconds, otherwise, { ref: false })]);
}
