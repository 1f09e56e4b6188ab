import { WorkloadListing } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { databaseNow } from '../database';

/** How long what was written stands before it is written again, in ms. */
const FRESH_MS = 60 * 60 * 1000;

interface PlacesRow {
  entity_ref: string;
  cluster: string;
  namespaces: string;
}

/**
 * Where the workloads of components were when their clusters last told: what
 * can be said of a cluster that does not answer.
 */
export class ComponentPlaces {
  /** What this process wrote of each component, so that looks cost no write. */
  readonly #written = new Map<string, { what: string; at: number }>();

  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): ComponentPlaces {
    return new ComponentPlaces(options.knex);
  }

  /** Keeps what was found; a part of a cluster's answer proves nothing. */
  async remember(entityRef: string, listing: WorkloadListing): Promise<void> {
    const { knex } = this;
    const seen = listing.clusters
      .filter(({ reachable, message }) => reachable && !message)
      .map(({ name }) => ({
        cluster: name,
        namespaces: JSON.stringify(namespacesIn(listing, name)),
      }));
    const what = JSON.stringify(seen);
    const before = this.#written.get(entityRef);
    const isFresh = before && Date.now() - before.at < FRESH_MS;
    if (seen.length === 0 || (isFresh && before.what === what)) {
      return;
    }
    await knex('component_places')
      .insert(
        seen.map(each => ({
          entity_ref: entityRef,
          ...each,
          seen_at: databaseNow(knex),
        })),
      )
      .onConflict(['entity_ref', 'cluster'])
      .merge();
    this.#written.set(entityRef, { what, at: Date.now() });
  }

  /**
   * The Kubernetes namespaces a component was in, by cluster; none where
   * nothing of it was found, and no entry where nobody ever looked.
   */
  async of(entityRef: string): Promise<Map<string, string[]>> {
    const rows = await this.knex<PlacesRow>('component_places').where({
      entity_ref: entityRef,
    });
    return new Map(
      rows.map(({ cluster, namespaces }) => [
        cluster,
        JSON.parse(namespaces) as string[],
      ]),
    );
  }
}

function namespacesIn({ targets }: WorkloadListing, cluster: string): string[] {
  const found = targets
    .filter(({ ref }) => ref.cluster === cluster)
    .map(({ ref }) => ref.namespace);
  return [...new Set(found)].sort();
}
