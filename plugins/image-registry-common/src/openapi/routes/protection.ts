import {
  approvalsQuerySchema,
  approvalsSchema,
  approveRolloutSchema,
  freezeQuerySchema,
  freezeSchema,
  freezesSchema,
  putFreezeSchema,
  rejectRolloutSchema,
  rolloutSchema,
} from '../../api';
import {
  componentFreezePermission,
  deploymentApprovePermission,
  deploymentReadPermission,
  freezeManagePermission,
} from '../../permissions';
import { ApiRoute, notFound } from '../ApiRoute';

const answered = {
  ...notFound,
  409: 'Another digest was seen, the caller has answered already, or nothing is asked any more',
};

/** What stops deploys: freezes, and approvals that are waited for. */
export const protectionRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/freeze',
    operationId: 'listFreezes',
    summary: 'Freezes in force: of a component, or all that the caller may see',
    permissions: [deploymentReadPermission],
    query: freezeQuerySchema,
    responses: {
      200: {
        description: 'The freezes, that of everything first',
        schema: freezesSchema,
      },
    },
    errors: notFound,
  },
  {
    method: 'put',
    path: '/freeze',
    operationId: 'putFreeze',
    summary: 'Stop all deploys, or those of a component',
    permissions: [freezeManagePermission, componentFreezePermission],
    body: putFreezeSchema,
    responses: { 200: { description: 'The freeze', schema: freezeSchema } },
    errors: notFound,
  },
  {
    method: 'delete',
    path: '/freeze',
    operationId: 'deleteFreeze',
    summary: 'Let deploys go on',
    permissions: [freezeManagePermission, componentFreezePermission],
    query: freezeQuerySchema,
    responses: { 204: { description: 'Lifted' } },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/approvals',
    operationId: 'listApprovals',
    summary: 'Rollouts that wait for an approval',
    permissions: [deploymentReadPermission],
    query: approvalsQuerySchema,
    responses: {
      200: {
        description: 'A page of them, each with whether the caller may give it',
        schema: approvalsSchema,
      },
    },
  },
  {
    method: 'post',
    path: '/rollouts/{id}/approve',
    operationId: 'approveRollout',
    summary: 'Approve the digest that a rollout deploys; people only',
    permissions: [deploymentApprovePermission],
    body: approveRolloutSchema,
    responses: { 200: { description: 'The rollout', schema: rolloutSchema } },
    errors: answered,
  },
  {
    method: 'post',
    path: '/rollouts/{id}/reject',
    operationId: 'rejectRollout',
    summary: 'End a rollout that asks for an approval; people only',
    permissions: [deploymentApprovePermission],
    body: rejectRolloutSchema,
    responses: {
      200: { description: 'The rollout, rejected', schema: rolloutSchema },
    },
    errors: answered,
  },
];
