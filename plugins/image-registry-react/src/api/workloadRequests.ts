import { createIdempotencyKey } from './idempotencyKey';
import { path, Requests } from './Requests';
import { WorkloadsApi } from './WorkloadsApi';

export function workloadRequests(requests: Requests): WorkloadsApi {
  return {
    rehearseWorkload: (body, options) =>
      requests.send('POST', '/workloads', { ...body, dryRun: true }, options),
    createWorkload: (body, options) =>
      requests.send('POST', '/workloads', body, {
        headers: {
          'Idempotency-Key': options?.idempotencyKey ?? createIdempotencyKey(),
        },
      }),
    getWorkloadCreation: (id, options) =>
      requests.get(path('workloads', id), undefined, options),
    getTargetSettings: (targetKey, query, options) =>
      requests.get(path('targets', targetKey, 'settings'), query, options),
    changeTargetSettings: (targetKey, body, options) =>
      requests.send(
        'PATCH',
        path('targets', targetKey, 'settings'),
        body,
        options,
      ),
  };
}
