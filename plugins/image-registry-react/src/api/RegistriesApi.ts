import {
  CheckChangedRegistry,
  CheckRegistry,
  CheckResult,
  CreateRegistry,
  Page,
  ProviderDescriptor,
  Registry,
  RegistryUsages,
  UpdateRegistry,
} from '@slipway/backstage-plugin-image-registry-common';

/** Options of every call that reads. */
export interface ReadOptions {
  /** Aborts the request; the promise then rejects with an `AbortError`. */
  signal?: AbortSignal;
}

/**
 * Registries and their providers. Every method throws a `ResponseError` when
 * the backend refuses.
 *
 * @public
 */
export interface RegistriesApi {
  /** The kinds of registries that can be connected, with their forms. */
  listProviders(options?: ReadOptions): Promise<ProviderDescriptor[]>;
  /** The registries that the caller may see, or that a component may use. */
  listRegistries(
    query?: { entityRef?: string },
    options?: ReadOptions,
  ): Promise<Page<Registry>>;
  getRegistry(id: string, options?: ReadOptions): Promise<Registry>;
  createRegistry(body: CreateRegistry): Promise<Registry>;
  /** 409 when `version` is stale. */
  updateRegistry(id: string, body: UpdateRegistry): Promise<Registry>;
  /** 409 while something uses it; `listRegistryUsages` says what. */
  deleteRegistry(id: string): Promise<void>;
  /** Checks a connection that isn't saved. */
  checkConnection(
    body: CheckRegistry,
    options?: ReadOptions,
  ): Promise<CheckResult>;
  /**
   * Checks a registry as it is saved, and its status is updated; or with
   * changes that are not saved, and then it is not. 400 when the stored
   * credentials would be sent to another place.
   */
  checkRegistry(
    id: string,
    changes?: CheckChangedRegistry,
    options?: ReadOptions,
  ): Promise<CheckResult>;
  listRegistryUsages(
    id: string,
    options?: ReadOptions,
  ): Promise<RegistryUsages>;
}
