import { ImagesApi } from './ImagesApi';
import { path, Requests } from './Requests';

export function imageRequests(requests: Requests): ImagesApi {
  return {
    listNamespaces: (registryId, query, options) =>
      requests.get(
        path('registries', registryId, 'namespaces'),
        query,
        options,
      ),
    listRepositories: (registryId, query, options) =>
      requests.get(
        path('registries', registryId, 'repositories'),
        query,
        options,
      ),
    listTags: (registryId, query, options) =>
      requests.get(path('registries', registryId, 'tags'), query, options),
    getImage: (registryId, query, options) =>
      requests.get(path('registries', registryId, 'image'), query, options),
    getImageFindings: (registryId, query, options) =>
      requests.get(
        path('registries', registryId, 'image', 'findings'),
        query,
        options,
      ),
    compareImages: (query, options) =>
      requests.get('/images/compare', query, options),
    getComponentSources: (entityRef, options) =>
      requests.get('/components/sources', { entityRef }, options),
    putComponentSources: body =>
      requests.send('PUT', '/components/sources', body),
    deleteComponentSources: entityRef =>
      requests.delete('/components/sources', { entityRef }),
  };
}
