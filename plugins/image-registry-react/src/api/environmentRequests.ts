import {
  Cluster,
  Environment,
} from '@slipway/backstage-plugin-image-registry-common';
import { EnvironmentsApi } from './EnvironmentsApi';
import { path, Requests } from './Requests';

export function environmentRequests(requests: Requests): EnvironmentsApi {
  return {
    async listEnvironments(options) {
      const { items } = await requests.get<{ items: Environment[] }>(
        '/environments',
        undefined,
        options,
      );
      return items;
    },
    createEnvironment: body => requests.send('POST', '/environments', body),
    updateEnvironment: (id, body) =>
      requests.send('PATCH', path('environments', id), body),
    deleteEnvironment: id => requests.delete(path('environments', id)),
    async listClusters(options) {
      const { items } = await requests.get<{ items: Cluster[] }>(
        '/clusters',
        undefined,
        options,
      );
      return items;
    },
  };
}
