import { TestPullStep } from '@slipway/backstage-plugin-image-registry-common';
import { PlacesApi } from './PlacesApi';
import { path, Requests } from './Requests';

export function placeRequests(requests: Requests): PlacesApi {
  return {
    reviewEnvironment: (id, options) =>
      requests.get(path('environments', id, 'review'), undefined, options),
    reviewAccess: (place, options) =>
      requests.get('/places/access', place, options),
    keepPullSecret: body => requests.send('POST', '/pull-secrets', body),
    async testPull(targetKey, body, options) {
      const { items } = await requests.send<{ items: TestPullStep[] }>(
        'POST',
        path('targets', targetKey, 'test-pull'),
        body,
        options,
      );
      return items;
    },
  };
}
