import {
  CreatePolicy,
  Page,
  PoliciesQuery,
  Policy,
  PolicyPreview,
  PreviewPolicy,
  UpdatePolicy,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * Auto-build policies.
 *
 * @public
 */
export interface PoliciesApi {
  listPolicies(
    query?: PoliciesQuery,
    options?: ReadOptions,
  ): Promise<Page<Policy>>;
  getPolicy(id: string, options?: ReadOptions): Promise<Policy>;
  createPolicy(body: CreatePolicy): Promise<Policy>;
  /** 409 when `version` is stale. */
  updatePolicy(id: string, body: UpdatePolicy): Promise<Policy>;
  deletePolicy(id: string): Promise<void>;
  /** What a rule would choose among the real tags, and why not the others. */
  previewPolicy(
    body: PreviewPolicy,
    options?: ReadOptions,
  ): Promise<PolicyPreview>;
}
