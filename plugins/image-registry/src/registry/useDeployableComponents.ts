import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  deploymentCreatePermission,
  ImageRepository,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageRegistryQuery,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';

/** Components of the catalog that are looked at for one search. */
const MOST_FOUND = 50;

/** Policies of one repository; each names a component that uses it. */
const MOST_POLICIES = 100;

/** A component that somebody may deploy to. */
export interface DeployableComponent {
  entityRef: string;
  /** It takes images of this repository already. */
  uses: boolean;
}

/** What a search finds. */
export interface DeployableComponents {
  items: DeployableComponent[];
  /** The search met more components than are looked at. */
  more: boolean;
}

/**
 * Components that whoever looks may deploy to: first those that use the
 * repository, then those of the catalog that fit a search.
 */
export function useDeployableComponents(
  { registryId, repository }: ImageRepository,
  search: string,
): ImageRegistryQuery<DeployableComponents> {
  const catalogApi = useApi(catalogApiRef);
  const permissionApi = useApi(permissionApiRef);
  return useImageRegistryQuery(
    async (api, signal) => {
      const [policies, found] = await Promise.all([
        api.listPolicies(
          { registryId, repository, limit: MOST_POLICIES },
          { signal },
        ),
        catalogApi.queryEntities({
          filter: { kind: 'component' },
          fullTextFilter: search
            ? { term: search, fields: ['metadata.name', 'metadata.title'] }
            : undefined,
          orderFields: [{ field: 'metadata.name', order: 'asc' }],
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          limit: MOST_FOUND,
        }),
      ]);
      const using = new Set(policies.items.map(({ entityRef }) => entityRef));
      const refs = [
        ...[...using].filter(ref => ref.includes(search)).sort(),
        ...found.items.map(entity => stringifyEntityRef(entity)),
      ];
      const candidates = [...new Set(refs)];
      // The client puts questions of one moment into one request.
      const answers = await Promise.all(
        candidates.map(resourceRef =>
          permissionApi.authorize({
            permission: deploymentCreatePermission,
            resourceRef,
          }),
        ),
      );
      return {
        items: candidates
          .filter((_, at) => answers[at].result === AuthorizeResult.ALLOW)
          .map(entityRef => ({ entityRef, uses: using.has(entityRef) })),
        more: found.totalItems > found.items.length,
      };
    },
    [registryId, repository, search, catalogApi, permissionApi],
  );
}
