import { z } from 'zod';
import {
  checkChangedRegistrySchema,
  checkRegistrySchema,
  checkResultSchema,
  createRegistrySchema,
  imageComparisonQuerySchema,
  imageComparisonSchema,
  imageDetailsSchema,
  imageFindingsQuerySchema,
  imageFindingsSchema,
  imageQuerySchema,
  namespaceListingSchema,
  namespacesQuerySchema,
  providerDescriptorSchema,
  registriesQuerySchema,
  registriesSchema,
  registrySchema,
  registryUsagesSchema,
  repositoriesQuerySchema,
  repositoryListingSchema,
  tagListingSchema,
  tagsQuerySchema,
  updateRegistrySchema,
} from '../../api';
import {
  registryCreatePermission,
  registryDeletePermission,
  registryReadPermission,
  registryUpdatePermission,
} from '../../permissions';
import { ApiRoute, itemsOf, notFound, notFoundOrStale } from '../ApiRoute';

const registry = { description: 'The registry', schema: registrySchema };

/** Kinds of registries, registries and what they hold. */
export const registryRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/providers',
    operationId: 'listProviders',
    summary: 'The kinds of registries, with the form of each',
    permissions: [],
    responses: {
      200: {
        description: 'The providers',
        schema: itemsOf(providerDescriptorSchema),
      },
    },
  },
  {
    method: 'get',
    path: '/registries',
    operationId: 'listRegistries',
    summary: 'The registries that the caller, or a component, may use',
    permissions: [registryReadPermission],
    query: registriesQuerySchema,
    responses: {
      200: { description: 'A page of registries', schema: registriesSchema },
    },
  },
  {
    method: 'post',
    path: '/registries',
    operationId: 'createRegistry',
    summary: 'Connect a registry',
    permissions: [registryCreatePermission],
    body: createRegistrySchema,
    responses: { 201: registry },
    errors: { 409: 'The name is taken' },
  },
  {
    method: 'post',
    path: '/registries/check',
    operationId: 'checkConnection',
    summary: 'Check a connection that is not saved yet, step by step',
    permissions: [registryCreatePermission],
    body: checkRegistrySchema,
    responses: {
      200: { description: 'What each step found', schema: checkResultSchema },
    },
  },
  {
    method: 'get',
    path: '/registries/{id}',
    operationId: 'getRegistry',
    summary: 'One registry',
    permissions: [registryReadPermission],
    responses: { 200: registry },
    errors: notFound,
  },
  {
    method: 'patch',
    path: '/registries/{id}',
    operationId: 'updateRegistry',
    summary: 'Change a registry',
    permissions: [registryUpdatePermission],
    body: updateRegistrySchema,
    responses: { 200: registry },
    errors: notFoundOrStale,
  },
  {
    method: 'delete',
    path: '/registries/{id}',
    operationId: 'deleteRegistry',
    summary: 'Remove a registry that nothing uses',
    permissions: [registryDeletePermission],
    responses: { 204: { description: 'Removed' } },
    errors: notFoundOrStale,
  },
  {
    method: 'post',
    path: '/registries/{id}/check',
    operationId: 'checkRegistry',
    summary: 'Check a saved connection, with changes that are not saved yet',
    permissions: [registryUpdatePermission],
    body: checkChangedRegistrySchema,
    responses: {
      200: { description: 'What each step found', schema: checkResultSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/registries/{id}/usages',
    operationId: 'listRegistryUsages',
    summary: 'What uses a registry',
    permissions: [registryReadPermission],
    responses: {
      200: { description: 'The uses', schema: registryUsagesSchema },
    },
    errors: notFound,
  },
  browse('namespaces', namespacesQuerySchema, namespaceListingSchema),
  browse('repositories', repositoriesQuerySchema, repositoryListingSchema),
  browse('tags', tagsQuerySchema, tagListingSchema),
  {
    method: 'get',
    path: '/registries/{id}/image',
    operationId: 'getImage',
    summary: 'Everything about one image, by tag or digest',
    permissions: [registryReadPermission],
    query: imageQuerySchema,
    responses: {
      200: { description: 'The image', schema: imageDetailsSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/registries/{id}/image/findings',
    operationId: 'getImageFindings',
    summary: 'Scan, signatures and room, where the registry tells them',
    permissions: [registryReadPermission],
    query: imageFindingsQuerySchema,
    responses: {
      200: { description: 'What is known', schema: imageFindingsSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/images/compare',
    operationId: 'compareImages',
    summary: 'The tags and commits between two images of a repository',
    permissions: [registryReadPermission],
    query: imageComparisonQuerySchema,
    responses: {
      200: {
        description: 'Both images and those in between',
        schema: imageComparisonSchema,
      },
    },
    errors: notFound,
  },
];

function browse(
  what: 'namespaces' | 'repositories' | 'tags',
  query: z.ZodObject,
  schema: z.ZodType,
): ApiRoute {
  return {
    method: 'get',
    path: `/registries/{id}/${what}`,
    operationId: `list${what[0].toUpperCase()}${what.slice(1)}`,
    summary: `The ${what} of a registry, as it tells them`,
    permissions: [registryReadPermission],
    query,
    responses: {
      200: {
        description: `A page of ${what}; complete says whether it is the whole truth`,
        schema,
      },
    },
    errors: notFound,
  };
}
