import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { CreatedComponent } from '@slipway/backstage-plugin-image-registry-common';

/** Reads the components that were made from images. */
export type ReadCreated = () => Promise<CreatedComponent[]>;

const PROVIDER = 'image-registry';

/**
 * Tells the catalog of components that were made from images.
 *
 * The entities carry no location key: the catalog then lets any other location
 * that defines the same component take it over, and ignores this one for as
 * long as that exists.
 */
export class CreatedComponentsProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  private told?: string;

  constructor(private readonly read: ReadCreated) {}

  getProviderName(): string {
    return PROVIDER;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
  }

  /**
   * Reads again, and tells the catalog when something has changed.
   * @returns whether it has
   */
  async refresh(): Promise<boolean> {
    if (!this.connection) {
      return false;
    }
    const entities = (await this.read()).map(toEntity);
    const now = JSON.stringify(entities);
    if (now === this.told) {
      return false;
    }
    await this.connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity })),
    });
    this.told = now;
    return true;
  }
}

/** With the annotations that the catalog asks of every entity. */
function toEntity({ entity: given, entityRef }: CreatedComponent): Entity {
  const entity = given as unknown as Entity;
  const location = `${PROVIDER}:${entityRef}`;
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
    },
  };
}
