import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ComponentSource,
  ComponentSources,
  Targets,
} from '@slipway/backstage-plugin-image-registry-common';
import { useImageRegistryQuery } from '@slipway/backstage-plugin-image-registry-react';

/** A source on a registry that is connected. */
export type ConnectedSource = ComponentSource & {
  image: { registryId: string };
};

/** Whether images of a source can be listed. */
export function isConnected(
  source: ComponentSource,
): source is ConnectedSource {
  return source.image.registryId !== undefined;
}

/** Where the component's images come from, and what runs of them. */
export interface ComponentImages {
  sources: ComponentSources;
  /** Absent when what runs may not be seen, or can't be read. */
  targets?: Targets;
}

/** Reads both for the entity of the page. */
export function useComponentImages() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const query = useImageRegistryQuery<ComponentImages>(
    async (api, signal) => {
      const [sources, targets] = await Promise.all([
        api.getComponentSources(entityRef, { signal }),
        // Images are shown also where no cluster can be asked.
        api.listTargets(entityRef, { signal }).catch(() => undefined),
      ]);
      return { sources, targets };
    },
    [entityRef],
    { topics: ['target', 'rollout'], entityRef },
  );
  return { ...query, entity, entityRef };
}
