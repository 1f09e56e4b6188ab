import { z } from 'zod';
import {
  changedSettingsSchema,
  changeWorkloadSettingsSchema,
  clusterSchema,
  componentSourcesSchema,
  consentSchema,
  createEnvironmentSchema,
  createHoldSchema,
  deleteHoldQuerySchema,
  entityRefSchema,
  environmentSchema,
  holdSchema,
  operatedTargetSchema,
  operateTargetSchema,
  podSchema,
  putComponentSourcesSchema,
  targetManifestSchema,
  targetsSchema,
  updateEnvironmentSchema,
  WorkloadAction,
  workloadSettingsViewSchema,
} from '../../api';
import {
  componentSourcePermission,
  deploymentReadPermission,
  environmentManagePermission,
  holdUpdatePermission,
  protectionManagePermission,
  targetConsentPermission,
  targetOperatePermission,
  workloadCreatePermission,
} from '../../permissions';
import { ApiRoute, itemsOf, notFound, notFoundOrStale } from '../ApiRoute';

const entityQuery = z.strictObject({ entityRef: entityRefSchema });
const logsQuery = entityQuery.extend({
  pod: z.string().min(1).max(253),
  tailLines: z.coerce.number().int().min(1).max(5000).optional(),
  previous: z.enum(['true', 'false']).optional(),
});
const environment = {
  description: 'The environment',
  schema: environmentSchema,
};
const sources = {
  description: "Where the component's images come from",
  schema: componentSourcesSchema,
};

/** Where images run: environments, clusters, targets, sources and holds. */
export const targetRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/environments',
    operationId: 'listEnvironments',
    summary: 'The environments in their order',
    permissions: [],
    responses: {
      200: {
        description: 'The environments',
        schema: itemsOf(environmentSchema),
      },
    },
  },
  {
    method: 'post',
    path: '/environments',
    operationId: 'createEnvironment',
    summary: 'Name an environment and its places',
    permissions: [environmentManagePermission, protectionManagePermission],
    body: createEnvironmentSchema,
    responses: { 201: environment },
    errors: { 409: 'The name is taken, or its places overlap another one' },
  },
  {
    method: 'patch',
    path: '/environments/{id}',
    operationId: 'updateEnvironment',
    summary: 'Change an environment',
    permissions: [environmentManagePermission, protectionManagePermission],
    body: updateEnvironmentSchema,
    responses: { 200: environment },
    errors: notFoundOrStale,
  },
  {
    method: 'delete',
    path: '/environments/{id}',
    operationId: 'deleteEnvironment',
    summary: 'Remove an environment; what runs there goes on',
    permissions: [environmentManagePermission, protectionManagePermission],
    responses: { 204: { description: 'Removed' } },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/components/sources',
    operationId: 'getComponentSources',
    summary: "Where a component's images come from",
    permissions: [deploymentReadPermission],
    query: entityQuery,
    responses: { 200: sources },
    errors: notFound,
  },
  {
    method: 'put',
    path: '/components/sources',
    operationId: 'putComponentSources',
    summary: "Choose where a component's images come from",
    permissions: [componentSourcePermission],
    body: putComponentSourcesSchema,
    responses: { 200: sources },
    errors: notFound,
  },
  {
    method: 'delete',
    path: '/components/sources',
    operationId: 'deleteComponentSources',
    summary: 'Return to what is inferred',
    permissions: [componentSourcePermission],
    query: entityQuery,
    responses: { 204: { description: 'Removed' } },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/clusters',
    operationId: 'listClusters',
    summary: 'The clusters and whether they answer',
    permissions: [],
    responses: {
      200: { description: 'The clusters', schema: itemsOf(clusterSchema) },
    },
  },
  {
    method: 'get',
    path: '/targets',
    operationId: 'listTargets',
    summary: 'What of a component runs where',
    permissions: [deploymentReadPermission],
    query: entityQuery,
    responses: {
      200: {
        description: 'The targets; a cluster that is down is data, no error',
        schema: targetsSchema,
      },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/targets/{key}/pods',
    operationId: 'listPods',
    summary: 'The pods of a target',
    permissions: [deploymentReadPermission],
    query: entityQuery,
    responses: {
      200: { description: 'The pods', schema: itemsOf(podSchema) },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/targets/{key}/logs',
    operationId: 'getPodLog',
    summary: "The end of one pod's log",
    permissions: [deploymentReadPermission],
    query: logsQuery,
    responses: {
      200: {
        description: 'The lines',
        schema: z.object({ log: z.string() }),
      },
    },
    errors: notFound,
  },
  {
    method: 'post',
    path: '/targets/{key}/consent',
    operationId: 'consentToTarget',
    summary: 'Manage an image field that others own from the portal',
    permissions: [targetConsentPermission],
    body: consentSchema,
    responses: { 204: { description: 'Stored' } },
    errors: notFound,
  },
  operate('restart', 'Replace all pods of a workload'),
  operate('stop', 'Scale a workload to none, remembering its replicas'),
  operate('start', 'As many replicas as there were before the stop'),
  {
    method: 'get',
    path: '/targets/{key}/manifest',
    operationId: 'getTargetManifest',
    summary: 'The workload as its cluster has it',
    permissions: [deploymentReadPermission],
    query: entityQuery,
    responses: {
      200: { description: 'As YAML', schema: targetManifestSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/targets/{key}/settings',
    operationId: 'getTargetSettings',
    summary: 'What can be changed about a workload that was made here',
    permissions: [deploymentReadPermission],
    query: entityQuery,
    responses: {
      200: {
        description: 'As the cluster has it, without values of variables',
        schema: workloadSettingsViewSchema,
      },
    },
    errors: notFound,
  },
  {
    method: 'patch',
    path: '/targets/{key}/settings',
    operationId: 'changeTargetSettings',
    summary: 'Change a workload that was made here, or rehearse it',
    permissions: [targetOperatePermission, workloadCreatePermission],
    body: changeWorkloadSettingsSchema,
    responses: {
      200: {
        description: 'What was changed, or what stands against it',
        schema: changedSettingsSchema,
      },
    },
    errors: {
      ...notFound,
      409: 'It was changed since it was read',
      503: 'The cluster does not answer',
    },
  },
  {
    method: 'get',
    path: '/holds',
    operationId: 'listHolds',
    summary: 'The holds of a component, or of all that the caller may see',
    permissions: [deploymentReadPermission],
    query: entityQuery.partial(),
    responses: {
      200: { description: 'The holds', schema: itemsOf(holdSchema) },
    },
    errors: notFound,
  },
  {
    method: 'post',
    path: '/holds',
    operationId: 'createHold',
    summary: 'Stop the automation on a target',
    permissions: [holdUpdatePermission],
    body: createHoldSchema,
    responses: { 201: { description: 'The hold', schema: holdSchema } },
    errors: notFound,
  },
  {
    method: 'delete',
    path: '/holds/{id}',
    operationId: 'deleteHold',
    summary: 'Let the automation go on',
    permissions: [holdUpdatePermission],
    query: deleteHoldQuerySchema,
    responses: { 204: { description: 'Lifted' } },
    errors: notFound,
  },
];

function operate(action: WorkloadAction, summary: string): ApiRoute {
  return {
    method: 'post',
    path: `/targets/{key}/${action}`,
    operationId: `${action}Target`,
    summary,
    permissions: [targetOperatePermission],
    body: operateTargetSchema,
    responses: { 200: { description: 'Done', schema: operatedTargetSchema } },
    errors: { ...notFound, 409: 'Its kind cannot do that' },
  };
}
