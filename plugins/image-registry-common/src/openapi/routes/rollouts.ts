import { z } from 'zod';
import {
  createPolicySchema,
  createRolloutSchema,
  policiesQuerySchema,
  policiesSchema,
  policyPreviewSchema,
  policySchema,
  previewPolicySchema,
  rollBackRolloutSchema,
  rolloutActionSchema,
  rolloutDetailsSchema,
  rolloutDiffSchema,
  rolloutEvidenceSchema,
  rolloutReturnsSchema,
  rolloutSchema,
  rolloutsQuerySchema,
  rolloutsSchema,
  tagHistoryQuerySchema,
  tagHistorySchema,
  updatePolicySchema,
} from '../../api';
import {
  deploymentCreatePermission,
  deploymentEmergencyPermission,
  deploymentReadPermission,
  deploymentRollbackPermission,
  policyUpdatePermission,
} from '../../permissions';
import { ApiRoute, notFound, notFoundOrStale } from '../ApiRoute';

const policy = { description: 'The policy', schema: policySchema };
const newRollout = {
  description: 'The rollout, queued',
  schema: rolloutSchema,
};

/** Policies and rollouts: what deploys by itself and what was deployed. */
export const rolloutRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/policies',
    operationId: 'listPolicies',
    summary: 'Auto-build policies',
    permissions: [deploymentReadPermission],
    query: policiesQuerySchema,
    responses: {
      200: { description: 'A page of policies', schema: policiesSchema },
    },
  },
  {
    method: 'post',
    path: '/policies',
    operationId: 'createPolicy',
    summary: 'Let pushes deploy to a target',
    permissions: [policyUpdatePermission],
    body: createPolicySchema,
    responses: { 201: policy },
    errors: { ...notFound, 409: 'The target has a policy or lacks consent' },
  },
  {
    method: 'post',
    path: '/policies/preview',
    operationId: 'previewPolicy',
    summary: 'What a rule would choose now, and why not the others',
    permissions: [deploymentReadPermission],
    body: previewPolicySchema,
    responses: {
      200: {
        description: 'The choice and every candidate',
        schema: policyPreviewSchema,
      },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/policies/changes',
    operationId: 'listTagChanges',
    summary: 'What the tags of a repository meant in the last 30 days',
    permissions: [deploymentReadPermission],
    query: tagHistoryQuerySchema,
    responses: {
      200: { description: 'For replaying a rule', schema: tagHistorySchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/policies/{id}',
    operationId: 'getPolicy',
    summary: 'One policy',
    permissions: [deploymentReadPermission],
    responses: { 200: policy },
    errors: notFound,
  },
  {
    method: 'patch',
    path: '/policies/{id}',
    operationId: 'updatePolicy',
    summary: 'Change, pause or resume a policy',
    permissions: [policyUpdatePermission],
    body: updatePolicySchema,
    responses: { 200: policy },
    errors: notFoundOrStale,
  },
  {
    method: 'post',
    path: '/policies/{id}/accept-listing',
    operationId: 'acceptListing',
    summary: 'Say that the tags that a listing lost are gone for good',
    permissions: [policyUpdatePermission],
    responses: { 200: policy },
    errors: { ...notFound, 409: 'No listing of it waits for that' },
  },
  {
    method: 'post',
    path: '/policies/{id}/evaluate',
    operationId: 'evaluatePolicy',
    summary: 'Read the tags now, and decide anew on the newest',
    permissions: [policyUpdatePermission],
    responses: { 200: policy },
    errors: { ...notFound, 409: 'The policy is switched off' },
  },
  {
    method: 'delete',
    path: '/policies/{id}',
    operationId: 'deletePolicy',
    summary: 'Remove a policy; what it has under way goes on',
    permissions: [policyUpdatePermission],
    responses: { 204: { description: 'Removed' } },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/rollouts',
    operationId: 'listRollouts',
    summary: 'The history of deploys',
    permissions: [deploymentReadPermission],
    query: rolloutsQuerySchema,
    responses: {
      200: { description: 'A page of rollouts', schema: rolloutsSchema },
    },
  },
  {
    method: 'post',
    path: '/rollouts',
    operationId: 'createRollout',
    summary: 'Deploy an image to a target, or show what would change',
    permissions: [deploymentCreatePermission, deploymentEmergencyPermission],
    body: createRolloutSchema,
    headers: {
      'Idempotency-Key': 'Repeating a request with the same key deploys once',
    },
    responses: {
      200: { description: 'Of a dry run: the diff', schema: rolloutDiffSchema },
      202: newRollout,
    },
    errors: { ...notFound, 409: 'The tag has moved, or consent is missing' },
  },
  {
    method: 'get',
    path: '/rollouts/{id}',
    operationId: 'getRollout',
    summary: 'One rollout with its steps',
    permissions: [deploymentReadPermission],
    responses: {
      200: { description: 'The rollout', schema: rolloutDetailsSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/rollouts/{id}/evidence',
    operationId: 'getRolloutEvidence',
    summary: 'Logs, events and pull messages that a failed rollout left',
    permissions: [deploymentReadPermission],
    responses: {
      200: { description: 'What is kept', schema: rolloutEvidenceSchema },
    },
    errors: { ...notFound, 404: 'No such rollout, or nothing is kept of it' },
  },
  {
    method: 'get',
    path: '/rollouts/{id}/returns',
    operationId: 'getRolloutReturns',
    summary: 'To what a rollback would return the target',
    permissions: [deploymentReadPermission],
    responses: {
      200: {
        description: 'What ran before, or else what is offered',
        schema: rolloutReturnsSchema,
      },
    },
    errors: notFound,
  },
  {
    ...action('cancel', 'Cancel a rollout that is queued or waiting'),
    permissions: [deploymentCreatePermission],
    responses: {
      200: { description: 'The rollout, cancelled', schema: rolloutSchema },
    },
  },
  {
    ...action('retry', 'Deploy the same image again'),
    permissions: [deploymentCreatePermission],
    responses: { 202: newRollout },
  },
  {
    ...action('rollback', 'Return to the image that ran before'),
    body: rollBackRolloutSchema,
    permissions: [deploymentRollbackPermission],
    responses: { 202: newRollout },
  },
  {
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenApiDocument',
    summary: 'This document',
    permissions: [],
    responses: {
      200: {
        description: 'OpenAPI 3.1',
        schema: z.record(z.string(), z.unknown()),
      },
    },
  },
];

function action(
  verb: 'cancel' | 'retry' | 'rollback',
  summary: string,
): Pick<
  ApiRoute,
  'method' | 'path' | 'operationId' | 'summary' | 'body' | 'errors'
> {
  return {
    method: 'post',
    path: `/rollouts/{id}/${verb}`,
    operationId: `${verb}Rollout`,
    summary,
    body: rolloutActionSchema,
    errors: { ...notFound, 409: 'Its state does not allow it' },
  };
}
