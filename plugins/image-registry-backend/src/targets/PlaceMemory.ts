import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  Environment,
  LostPlace,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadListing } from '@slipway/backstage-plugin-image-registry-node';
import { ComponentPlaces } from './ComponentPlaces';
import { lostPlacesOf } from './lostPlaces';
import { workloadQueryOf } from './workloadQuery';

/** The targets by which another room remembers a component. */
export type TargetRecaller = (entityRef: string) => Promise<TargetRef[]>;

/** Knows of a component what clusters that are down cannot tell. */
export class PlaceMemory {
  readonly #recallers: TargetRecaller[] = [];

  constructor(private readonly places: ComponentPlaces) {}

  /** Asked only while a cluster does not answer. */
  addRecaller(recaller: TargetRecaller): void {
    this.#recallers.push(recaller);
  }

  /** Keeps what clusters told, and tells of those that did not answer. */
  async lostPlaces(
    entity: Entity,
    listing: WorkloadListing,
    environments: readonly Environment[],
  ): Promise<LostPlace[]> {
    const entityRef = stringifyEntityRef(entity);
    await this.places.remember(entityRef, listing);
    const down = listing.clusters.filter(({ reachable }) => !reachable);
    if (down.length === 0) {
      return [];
    }
    const [seen, ...named] = await Promise.all([
      this.places.of(entityRef),
      ...this.#recallers.map(recall => recall(entityRef)),
    ]);
    return lostPlacesOf(down, {
      seen,
      named: named.flat(),
      query: workloadQueryOf(entity),
      environments,
    });
  }
}
