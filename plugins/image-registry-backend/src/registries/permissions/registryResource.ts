import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  registryPermissions,
  RESOURCE_TYPE_IMAGE_REGISTRY,
} from '@slipway/backstage-plugin-image-registry-common';
import { z } from 'zod';
import { RegistryFilter } from '../store';
import { RegistryService, StoredRegistry } from '../RegistryService';

/** Names registries as a resource in permission policies. */
export const registryResourceRef = createPermissionResourceRef<
  StoredRegistry,
  RegistryFilter
>().with({
  pluginId: 'image-registry',
  resourceType: RESOURCE_TYPE_IMAGE_REGISTRY,
});

/** Registries by id. */
export const hasId = createPermissionRule({
  name: 'HAS_ID',
  description: 'Allow registries with one of these ids',
  resourceRef: registryResourceRef,
  paramsSchema: z.object({
    ids: z.array(z.string()).describe('Ids of registries'),
  }),
  apply: (registry, { ids }) => ids.includes(registry.id),
  toQuery: ({ ids }) => ({ property: 'id', values: ids }),
});

/** Registries by their kind. */
export const hasProvider = createPermissionRule({
  name: 'HAS_PROVIDER',
  description: 'Allow registries of one of these kinds',
  resourceRef: registryResourceRef,
  paramsSchema: z.object({
    providers: z.array(z.string()).describe('Ids of providers'),
  }),
  apply: (registry, { providers }) => providers.includes(registry.provider),
  toQuery: ({ providers }) => ({ property: 'provider', values: providers }),
});

/** Registries by where they are defined. */
export const hasSource = createPermissionRule({
  name: 'HAS_SOURCE',
  description:
    'Allow registries that are defined in app-config or in the portal',
  resourceRef: registryResourceRef,
  paramsSchema: z.object({
    source: z.enum(['database', 'config']).describe('Where it is defined'),
  }),
  apply: (registry, { source }) => registry.source === source,
  toQuery: ({ source }) => ({ property: 'source', values: [source] }),
});

/** All rules about registries. */
export const registryRules = { hasId, hasProvider, hasSource };

const exported = createConditionExports({
  resourceRef: registryResourceRef,
  rules: registryRules,
});

/** Conditions on registries, for permission policies. */
export const imageRegistryConditions = exported.conditions;

/** Makes a decision that depends on the registry, for permission policies. */
export const createImageRegistryConditionalDecision =
  exported.createConditionalDecision;

/** What `permissionsRegistry.addResourceType` is given. */
export function registryResourceType(registries: RegistryService) {
  return {
    resourceRef: registryResourceRef,
    permissions: registryPermissions,
    rules: Object.values(registryRules),
    getResources: (ids: string[]) =>
      Promise.all(ids.map(id => registries.find(id))),
  };
}
