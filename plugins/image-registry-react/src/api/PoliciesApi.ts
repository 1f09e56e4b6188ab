import {
  CreatePolicy,
  Page,
  PoliciesQuery,
  Policy,
  PolicyPreview,
  PreviewPolicy,
  TagHistory,
  TagHistoryQuery,
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
  /** What the tags of a repository meant lately, to replay a rule over. */
  getTagHistory(
    query: TagHistoryQuery,
    options?: ReadOptions,
  ): Promise<TagHistory>;
  /** Says that the tags that the listing lost are gone for good. */
  acceptListing(id: string): Promise<Policy>;
  /** Reads the tags now, and decides anew on the newest. */
  evaluatePolicy(id: string): Promise<Policy>;
}
