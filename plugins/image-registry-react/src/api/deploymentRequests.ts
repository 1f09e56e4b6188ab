import {
  Hold,
  Pod,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import { DeploymentsApi } from './DeploymentsApi';
import { createIdempotencyKey } from './idempotencyKey';
import { path, Requests } from './Requests';

export function deploymentRequests(requests: Requests): DeploymentsApi {
  const act = (id: string, action: string, body: unknown = {}) =>
    requests.send<Rollout>('POST', path('rollouts', id, action), body);

  return {
    listTargets: (entityRef, options) =>
      requests.get('/targets', { entityRef }, options),
    async listPods(targetKey, query, options) {
      const { items } = await requests.get<{ items: Pod[] }>(
        path('targets', targetKey, 'pods'),
        query,
        options,
      );
      return items;
    },
    async getPodLog(targetKey, query, options) {
      const { log } = await requests.get<{ log: string }>(
        path('targets', targetKey, 'logs'),
        query,
        options,
      );
      return log;
    },
    consentToTarget: (targetKey, entityRef) =>
      requests.post(path('targets', targetKey, 'consent'), {
        entityRef,
      }),
    attachPullSecret: (targetKey, body) =>
      requests.send('POST', path('targets', targetKey, 'pull-secret'), body),
    operateTarget: (targetKey, action, body) =>
      requests.send('POST', path('targets', targetKey, action), body),
    async getTargetManifest(targetKey, query, options) {
      const { manifest } = await requests.get<{ manifest: string }>(
        path('targets', targetKey, 'manifest'),
        query,
        options,
      );
      return manifest;
    },
    previewRollout: (body, options) =>
      requests.send('POST', '/rollouts', { ...body, dryRun: true }, options),
    createRollout: (body, options) =>
      requests.send('POST', '/rollouts', body, {
        headers: {
          'Idempotency-Key': options?.idempotencyKey ?? createIdempotencyKey(),
        },
      }),
    listRollouts: (query, options) => requests.get('/rollouts', query, options),
    getRollout: (id, options) =>
      requests.get(path('rollouts', id), undefined, options),
    getRolloutReturns: (id, options) =>
      requests.get(path('rollouts', id, 'returns'), undefined, options),
    getRolloutEvidence: (id, options) =>
      requests.get(path('rollouts', id, 'evidence'), undefined, options),
    cancelRollout: (id, body) => act(id, 'cancel', body),
    retryRollout: (id, body) => act(id, 'retry', body),
    rollbackRollout: (id, body) => act(id, 'rollback', body),
    async listHolds(entityRef, options) {
      const { items } = await requests.get<{ items: Hold[] }>(
        '/holds',
        { entityRef },
        options,
      );
      return items;
    },
    createHold: body => requests.send('POST', '/holds', body),
    deleteHold: (id, entityRef) =>
      requests.delete(path('holds', id), { entityRef }),
  };
}
