import {
  Cluster,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DeployDriver,
  DriverError,
  PlaceOperations,
  WorkloadListing,
  WorkloadQuery,
} from '@slipway/backstage-plugin-image-registry-node';

const placeOperations: ReadonlyArray<keyof PlaceOperations> = [
  'accessReview',
  'changeSettings',
  'createWorkload',
  'ensurePullSecret',
  'listNamespaces',
  'listPullSecrets',
  'nodePlatforms',
  'podQuotaCheck',
  'pullAccess',
  'quotaCheck',
  'readSettings',
  'removePullSecret',
  'sweepTestPulls',
  'testPull',
];

function hasPlaceOperations(
  driver: DeployDriver,
): driver is DeployDriver & PlaceOperations {
  return placeOperations.every(name => driver[name] !== undefined);
}

/** All deploy drivers as one; a cluster's name decides which one is meant. */
export class Drivers {
  readonly #drivers: DeployDriver[] = [];

  /** @throws Error when a driver with this id exists already */
  add(driver: DeployDriver): void {
    if (this.#drivers.some(existing => existing.id === driver.id)) {
      throw new Error(`There is a deploy driver ${driver.id} already`);
    }
    this.#drivers.push(driver);
  }

  async clusters(): Promise<Cluster[]> {
    const all = await Promise.all(this.#drivers.map(d => d.clusters()));
    return all.flat();
  }

  async list(
    query: WorkloadQuery,
    options?: { signal?: AbortSignal; live?: boolean },
  ): Promise<WorkloadListing> {
    const all = await Promise.all(
      this.#drivers.map(driver => driver.listTargets(query, options)),
    );
    return {
      targets: all.flatMap(listing => listing.targets),
      clusters: all.flatMap(listing => listing.clusters),
    };
  }

  /**
   * The driver of a cluster, when it does more in places than deploy.
   * @throws DriverError `not-found` when the cluster is configured no more,
   * `invalid` when its driver only deploys
   */
  async places(place: Pick<TargetRef, 'cluster'>): Promise<PlaceOperations> {
    const driver = await this.for(place);
    if (!hasPlaceOperations(driver)) {
      throw new DriverError(
        'invalid',
        `The portal only deploys to cluster ${place.cluster}`,
      );
    }
    return driver;
  }

  /** Every driver that does more in places than deploy. */
  allPlaces(): PlaceOperations[] {
    return this.#drivers.filter(hasPlaceOperations);
  }

  /**
   * The driver of a target's cluster.
   * @throws DriverError `not-found` when the cluster is configured no more
   */
  async for(target: Pick<TargetRef, 'cluster'>): Promise<DeployDriver> {
    for (const driver of this.#drivers) {
      const clusters = await driver.clusters();
      if (clusters.some(cluster => cluster.name === target.cluster)) {
        return driver;
      }
    }
    throw new DriverError(
      'not-found',
      `No cluster ${target.cluster} is configured`,
    );
  }
}
