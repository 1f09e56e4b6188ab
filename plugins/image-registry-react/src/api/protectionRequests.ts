import { Freeze } from '@slipway/backstage-plugin-image-registry-common';
import { ProtectionApi } from './ProtectionApi';
import { path, Requests } from './Requests';

export function protectionRequests(requests: Requests): ProtectionApi {
  return {
    async listFreezes(query, options) {
      const { items } = await requests.get<{ items: Freeze[] }>(
        '/freeze',
        query,
        options,
      );
      return items;
    },
    putFreeze: body => requests.send('PUT', '/freeze', body),
    deleteFreeze: entityRef => requests.delete('/freeze', { entityRef }),
    listApprovals: (query, options) =>
      requests.get('/approvals', query, options),
    approveRollout: (id, body) =>
      requests.send('POST', path('rollouts', id, 'approve'), body),
    rejectRollout: (id, body) =>
      requests.send('POST', path('rollouts', id, 'reject'), body),
  };
}
