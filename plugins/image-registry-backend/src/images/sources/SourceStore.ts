import { RegistryUsage } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';

/** A source that a person chose. */
export interface ChosenSource {
  container?: string;
  environment?: string;
  registryId: string;
  repository: string;
}

/** Where persons' choices of sources are kept. */
export interface SourceStore {
  /** @param entityRef - full reference in lower case */
  list(entityRef: string): Promise<ChosenSource[]>;
  /** Replaces all choices for a component. */
  replace(
    entityRef: string,
    sources: ChosenSource[],
    chosenBy: string,
  ): Promise<void>;
  /** The choices that name a registry. */
  usages(registryId: string): Promise<RegistryUsage[]>;
}

interface SourceRow {
  entity_ref: string;
  container: string;
  environment: string;
  registry_id: string;
  repository: string;
  chosen_by: string;
  chosen_at: string | number;
}

/** Choices in the plugin's database. */
export class DatabaseSourceStore implements SourceStore {
  readonly #knex: Knex;

  /** @param options - `knex`: the database with the newest tables */
  static create(options: { knex: Knex }): DatabaseSourceStore {
    return new DatabaseSourceStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(entityRef: string): Promise<ChosenSource[]> {
    const rows = await this.#knex<SourceRow>('component_sources')
      .where({ entity_ref: entityRef })
      .orderBy(['container', 'environment']);
    return rows.map(row => ({
      ...(row.container && { container: row.container }),
      ...(row.environment && { environment: row.environment }),
      registryId: row.registry_id,
      repository: row.repository,
    }));
  }

  async replace(
    entityRef: string,
    sources: ChosenSource[],
    chosenBy: string,
  ): Promise<void> {
    const chosenAt = Date.now();
    await this.#knex.transaction(async transaction => {
      await transaction('component_sources')
        .where({ entity_ref: entityRef })
        .delete();
      for (const source of sources) {
        const row: SourceRow = {
          entity_ref: entityRef,
          container: source.container ?? '',
          environment: source.environment ?? '',
          registry_id: source.registryId,
          repository: source.repository,
          chosen_by: chosenBy,
          chosen_at: chosenAt,
        };
        // Whoever writes last at the same moment has the last word.
        await transaction('component_sources')
          .insert(row)
          .onConflict(['entity_ref', 'container', 'environment'])
          .merge();
      }
    });
  }

  async usages(registryId: string): Promise<RegistryUsage[]> {
    const rows = await this.#knex<SourceRow>('component_sources')
      .where({ registry_id: registryId })
      .orderBy(['entity_ref', 'container', 'environment']);
    return rows.map(row => ({
      kind: 'source',
      id: [row.entity_ref, row.container, row.environment].join(' ').trim(),
      entityRef: row.entity_ref,
      title: `${row.repository} of ${row.entity_ref}`,
    }));
  }
}
