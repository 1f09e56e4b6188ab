import { z } from 'zod';
import {
  accessReviewSchema,
  attachPullSecretSchema,
  environmentReviewSchema,
  entityRefSchema,
  keepPullSecretSchema,
  keptPullSecretSchema,
  nodePlatformsSchema,
  placeQuerySchema,
  removePullSecretQuerySchema,
  targetPullAccessSchema,
  testPullProgressSchema,
  testPullSchema,
} from '../../api';
import {
  deploymentCreatePermission,
  deploymentReadPermission,
  pullSecretManagePermission,
} from '../../permissions';
import { ApiRoute, itemsOf, notFound } from '../ApiRoute';

const entityQuery = z.strictObject({ entityRef: entityRefSchema });
const kept = {
  description: 'How it stands; what is in it is never answered',
  schema: keptPullSecretSchema,
};

/** What clusters let the portal do, and what they pull with. */
export const placeRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/places/access',
    operationId: 'reviewAccess',
    summary: 'Which rights the portal lacks in a Kubernetes namespace',
    permissions: [pullSecretManagePermission],
    query: placeQuerySchema,
    responses: {
      200: { description: 'The rights', schema: accessReviewSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/environments/{id}/review',
    operationId: 'reviewEnvironment',
    summary: 'Which namespaces of an environment can pull and be deployed to',
    permissions: [pullSecretManagePermission],
    responses: {
      200: {
        description: 'Each namespace; a cluster that is down is data',
        schema: environmentReviewSchema,
      },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/pull-secrets',
    operationId: 'listPullSecrets',
    summary: 'The pull secrets that the portal keeps',
    permissions: [pullSecretManagePermission],
    responses: {
      200: {
        description: 'The pull secrets',
        schema: itemsOf(keptPullSecretSchema),
      },
    },
  },
  {
    method: 'post',
    path: '/pull-secrets',
    operationId: 'keepPullSecret',
    summary: 'Put a login of a registry into a namespace and keep it fresh',
    permissions: [pullSecretManagePermission],
    body: keepPullSecretSchema,
    responses: { 201: kept },
    errors: {
      ...notFound,
      409: 'The registry has no login for clusters, or the cluster refuses',
    },
  },
  {
    method: 'delete',
    path: '/pull-secrets',
    operationId: 'removePullSecret',
    summary: 'Take a login of a registry out of a namespace',
    permissions: [pullSecretManagePermission],
    query: removePullSecretQuerySchema,
    responses: { 204: { description: 'Removed' } },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/targets/{key}/platforms',
    operationId: 'getTargetPlatforms',
    summary: 'Platforms of the nodes that a target may run on',
    permissions: [deploymentReadPermission],
    query: entityQuery,
    responses: {
      200: { description: 'The platforms', schema: nodePlatformsSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/targets/{key}/pull-access',
    operationId: 'getTargetPullAccess',
    summary: "Whether a target's pods can sign in to its registry",
    permissions: [deploymentReadPermission],
    query: entityQuery,
    responses: {
      200: { description: 'The secrets', schema: targetPullAccessSchema },
    },
    errors: notFound,
  },
  {
    method: 'post',
    path: '/targets/{key}/pull-secret',
    operationId: 'attachPullSecret',
    summary: "Give a target's pods a login for its registry",
    permissions: [deploymentCreatePermission],
    body: attachPullSecretSchema,
    responses: { 201: kept },
    errors: {
      ...notFound,
      409: 'The registry has no login for clusters, or the cluster refuses',
    },
  },
  {
    method: 'post',
    path: '/targets/{key}/test-pull',
    operationId: 'testPull',
    summary: 'Let a node of the cluster pull an image, running nothing of it',
    permissions: [deploymentCreatePermission],
    body: testPullSchema,
    responses: {
      202: {
        description: 'The pod is made; the rest is read by its id',
        schema: testPullProgressSchema,
      },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/test-pulls/{id}',
    operationId: 'getTestPull',
    summary: 'What the kubelet has said of a test pull so far',
    permissions: [deploymentReadPermission],
    responses: {
      200: { description: 'How far it is', schema: testPullProgressSchema },
    },
    errors: notFound,
  },
  {
    method: 'delete',
    path: '/test-pulls/{id}',
    operationId: 'cancelTestPull',
    summary: 'End a test pull and delete its pod',
    permissions: [deploymentCreatePermission],
    responses: { 204: { description: 'It goes no further' } },
    errors: notFound,
  },
];
