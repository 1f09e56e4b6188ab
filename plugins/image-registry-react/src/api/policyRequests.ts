import { PoliciesApi } from './PoliciesApi';
import { path, Requests } from './Requests';

export function policyRequests(requests: Requests): PoliciesApi {
  return {
    listPolicies: (query, options) => requests.get('/policies', query, options),
    getPolicy: (id, options) =>
      requests.get(path('policies', id), undefined, options),
    createPolicy: body => requests.send('POST', '/policies', body),
    updatePolicy: (id, body) =>
      requests.send('PATCH', path('policies', id), body),
    deletePolicy: id => requests.delete(path('policies', id)),
    previewPolicy: (body, options) =>
      requests.send('POST', '/policies/preview', body, options),
    getTagHistory: (query, options) =>
      requests.get('/policies/changes', query, options),
    acceptListing: id =>
      requests.send('POST', path('policies', id, 'accept-listing'), {}),
    evaluatePolicy: id =>
      requests.send('POST', path('policies', id, 'evaluate'), {}),
  };
}
