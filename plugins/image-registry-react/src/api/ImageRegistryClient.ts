import { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ImageRegistryApi } from './ImageRegistryApi';
import { deploymentRequests } from './deploymentRequests';
import { environmentRequests } from './environmentRequests';
import { imageRequests } from './imageRequests';
import { placeRequests } from './placeRequests';
import { policyRequests } from './policyRequests';
import { protectionRequests } from './protectionRequests';
import { registryRequests } from './registryRequests';
import { Requests } from './Requests';
import { webhookRequests } from './webhookRequests';
import { workloadRequests } from './workloadRequests';

/**
 * The client of the backend plugin `image-registry`.
 *
 * @public
 */
export const ImageRegistryClient = {
  /**
   * @param options - `discoveryApi` finds the backend, `fetchApi` signs
   * requests in.
   */
  create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): ImageRegistryApi {
    const requests = new Requests(options);
    return {
      ...registryRequests(requests),
      ...imageRequests(requests),
      ...webhookRequests(requests),
      ...environmentRequests(requests),
      ...deploymentRequests(requests),
      ...placeRequests(requests),
      ...policyRequests(requests),
      ...protectionRequests(requests),
      ...workloadRequests(requests),
    };
  },
};
