import { RegistriesApi } from './RegistriesApi';
import { path, Requests } from './Requests';

/** The most that a page holds; portals have a few dozen registries. */
const MOST_REGISTRIES = 500;

export function registryRequests(requests: Requests): RegistriesApi {
  return {
    async listProviders(options) {
      const { items } = await requests.get<{
        items: Awaited<ReturnType<RegistriesApi['listProviders']>>;
      }>('/providers', undefined, options);
      return items;
    },
    listRegistries: (query, options) =>
      requests.get(
        '/registries',
        { limit: MOST_REGISTRIES, ...query },
        options,
      ),
    getRegistry: (id, options) =>
      requests.get(path('registries', id), undefined, options),
    createRegistry: body => requests.send('POST', '/registries', body),
    updateRegistry: (id, body) =>
      requests.send('PATCH', path('registries', id), body),
    deleteRegistry: id => requests.delete(path('registries', id)),
    checkConnection: (body, options) =>
      requests.send('POST', '/registries/check', body, options),
    checkRegistry: (id, changes = {}, options) =>
      requests.send('POST', path('registries', id, 'check'), changes, options),
    listRegistryUsages: (id, options) =>
      requests.get(path('registries', id, 'usages'), undefined, options),
  };
}
