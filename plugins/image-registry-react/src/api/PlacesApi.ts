import {
  AccessReview,
  EnvironmentReview,
  KeepPullSecret,
  KeptPullSecret,
  PlaceQuery,
  TestPull,
  TestPullProgress,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * What clusters let the portal do, and what they pull with.
 *
 * @public
 */
export interface PlacesApi {
  /** Each namespace of an environment; a cluster that is down is data. */
  reviewEnvironment(
    id: string,
    options?: ReadOptions,
  ): Promise<EnvironmentReview>;
  /** Which rights the portal lacks in a namespace, with the Role for them. */
  reviewAccess(place: PlaceQuery, options?: ReadOptions): Promise<AccessReview>;
  /** Puts a registry's login into a namespace and keeps it fresh. */
  keepPullSecret(body: KeepPullSecret): Promise<KeptPullSecret>;
  /** Lets a node pull an image; answers when the pod is made. */
  startTestPull(targetKey: string, body: TestPull): Promise<TestPullProgress>;
  getTestPull(id: string, options?: ReadOptions): Promise<TestPullProgress>;
  /** Ends it and deletes its pod. */
  cancelTestPull(id: string): Promise<void>;
}
