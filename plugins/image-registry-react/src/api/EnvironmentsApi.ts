import {
  Cluster,
  CreateEnvironment,
  Environment,
  UpdateEnvironment,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * Environments and the clusters that they are made of.
 *
 * @public
 */
export interface EnvironmentsApi {
  /** In their order. */
  listEnvironments(options?: ReadOptions): Promise<Environment[]>;
  createEnvironment(body: CreateEnvironment): Promise<Environment>;
  /** 409 when `version` is stale. */
  updateEnvironment(id: string, body: UpdateEnvironment): Promise<Environment>;
  deleteEnvironment(id: string): Promise<void>;
  listClusters(options?: ReadOptions): Promise<Cluster[]>;
}
