import { ApiRef, createApiRef } from '@backstage/core-plugin-api';
import { DeploymentsApi } from './DeploymentsApi';
import { EnvironmentsApi } from './EnvironmentsApi';
import { ImagesApi } from './ImagesApi';
import { PlacesApi } from './PlacesApi';
import { PoliciesApi } from './PoliciesApi';
import { ProtectionApi } from './ProtectionApi';
import { RegistriesApi } from './RegistriesApi';
import { WebhooksApi } from './WebhooksApi';
import { WorkloadsApi } from './WorkloadsApi';

/**
 * The backend's REST contract, by subject. Every method throws a
 * `ResponseError` when the backend refuses.
 *
 * @public
 */
export interface ImageRegistryApi
  extends RegistriesApi,
    ImagesApi,
    WebhooksApi,
    EnvironmentsApi,
    DeploymentsApi,
    PlacesApi,
    PoliciesApi,
    ProtectionApi,
    WorkloadsApi {}

/**
 * Where plugins find the client of the image registry backend.
 *
 * @public
 */
export const imageRegistryApiRef: ApiRef<ImageRegistryApi> = createApiRef({
  id: 'plugin.image-registry.client',
});
