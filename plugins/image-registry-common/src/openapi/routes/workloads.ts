import {
  createdComponentSchema,
  createdWorkloadSchema,
  createWorkloadSchema,
  workloadCreationSchema,
} from '../../api';
import { workloadCreatePermission } from '../../permissions';
import { ApiRoute, itemsOf, notFound } from '../ApiRoute';

/** Components that are made from images. */
export const workloadRoutes: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/workloads',
    operationId: 'createWorkload',
    summary: 'Make a component from an image, or rehearse it',
    permissions: [workloadCreatePermission],
    headers: {
      'Idempotency-Key':
        'The same key with the same body makes nothing twice, and answers as before',
    },
    body: createWorkloadSchema,
    responses: {
      200: {
        description: 'The rehearsal, or what stands against it',
        schema: createdWorkloadSchema,
      },
      201: { description: 'What was made', schema: createdWorkloadSchema },
    },
    errors: {
      404: 'There is no such registry, image or cluster',
      409: 'The Idempotency-Key was used for something else, or is at work',
      503: 'The cluster or the registry does not answer',
    },
  },
  {
    method: 'get',
    path: '/workloads/{id}',
    operationId: 'getWorkloadCreation',
    summary: 'How far the making of a component has come',
    permissions: [workloadCreatePermission],
    responses: {
      200: { description: 'What exists of it', schema: workloadCreationSchema },
    },
    errors: notFound,
  },
  {
    method: 'get',
    path: '/components/created',
    operationId: 'listCreatedComponents',
    summary: 'The components that the portal made, for its catalog module',
    permissions: [],
    responses: {
      200: {
        description: 'The components; only for services',
        schema: itemsOf(createdComponentSchema),
      },
    },
  },
];
