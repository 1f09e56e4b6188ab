import { PlacesApi } from './PlacesApi';
import { path, Requests } from './Requests';

export function placeRequests(requests: Requests): PlacesApi {
  return {
    reviewEnvironment: (id, options) =>
      requests.get(path('environments', id, 'review'), undefined, options),
    reviewAccess: (place, options) =>
      requests.get('/places/access', place, options),
    keepPullSecret: body => requests.send('POST', '/pull-secrets', body),
    startTestPull: (targetKey, body) =>
      requests.send('POST', path('targets', targetKey, 'test-pull'), body),
    getTestPull: (id, options) =>
      requests.get(path('test-pulls', id), undefined, options),
    cancelTestPull: id => requests.delete(path('test-pulls', id)),
  };
}
