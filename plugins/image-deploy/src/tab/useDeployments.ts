import {
  Environment,
  Policy,
  Registry,
  Rollout,
  Targets,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageRegistryQuery,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';

/** Rollouts that are looked through for what a target ran before. */
const RECENT_ROLLOUTS = 200;
/** One policy for each target; no component has nearly as many. */
const MOST_POLICIES = 500;

/** What runs where, and the environments that order it. */
export interface Running extends Targets {
  environments: Environment[];
}

/** What runs; asked again on every live update and every few seconds. */
export function useRunning(entityRef: string): ImageRegistryQuery<Running> {
  return useImageRegistryQuery(
    async (api, signal) => {
      const [targets, environments] = await Promise.all([
        api.listTargets(entityRef, { signal }),
        api.listEnvironments({ signal }),
      ]);
      return { ...targets, environments };
    },
    [entityRef],
    // A pod that crashes by itself sends no signal.
    { topics: ['target', 'rollout', 'policy'], entityRef, poll: true },
  );
}

/**
 * Another one when other images run or another rollout is under way: rollouts
 * that are shown beside it have to be read again, whatever told of it.
 */
export function revisionOf({ items }: Running): string {
  return items
    .map(({ key, image, digest, activeRolloutId }) =>
      [key, image, digest, activeRolloutId].join(' '),
    )
    .join('\n');
}

/** The newest rollouts of a component, in any state. */
export function useRecentRollouts(
  entityRef: string,
  revision: string,
): ImageRegistryQuery<Rollout[]> {
  return useImageRegistryQuery(
    async (api, signal) => {
      const page = await api.listRollouts(
        { entityRef, limit: RECENT_ROLLOUTS },
        { signal },
      );
      return page.items;
    },
    [entityRef],
    { topics: ['rollout'], entityRef, revision },
  );
}

/** The auto deploy policies of a component. */
export function usePolicies(entityRef: string): ImageRegistryQuery<Policy[]> {
  return useImageRegistryQuery(
    async (api, signal) => {
      const page = await api.listPolicies(
        { entityRef, limit: MOST_POLICIES },
        { signal },
      );
      return page.items;
    },
    [entityRef],
    { topics: ['policy', 'rollout'], entityRef },
  );
}

const noNames: ReadonlyMap<string, string> = new Map();

/** Names of the registries by id; those that may not be seen are missing. */
export function useRegistryNames(): ReadonlyMap<string, string> {
  const { value } = useImageRegistryQuery(
    async (api, signal) => {
      const page = await api.listRegistries({}, { signal });
      return new Map(page.items.map((item: Registry) => [item.id, item.name]));
    },
    [],
    { topics: ['registry'] },
  );
  return value ?? noNames;
}
