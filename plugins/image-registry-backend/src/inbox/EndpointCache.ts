import { RegistryService, StoredRegistry } from '../registries';
import { EndpointStore } from './EndpointStore';
import { StoredEndpoint } from './StoredEndpoint';

/**
 * For how long an endpoint, its secrets and its registry are kept in memory,
 * in ms: so long another process may still let in a secret that was revoked.
 */
const KEPT_MS = 2000;
/** Endpoints that are kept at most. */
const MAX_KEPT = 1000;

/** An endpoint with the registry that it speaks for. */
export interface KnownEndpoint {
  endpoint: StoredEndpoint;
  registry: StoredRegistry;
}

/** Endpoints as the open route asks for them: often, and a few of them. */
export class EndpointCache {
  readonly #kept = new Map<
    string,
    { until: number; known: Promise<KnownEndpoint | undefined> }
  >();

  constructor(
    private readonly endpoints: Pick<EndpointStore, 'find' | 'onChange'>,
    private readonly registries: Pick<RegistryService, 'find'>,
  ) {
    endpoints.onChange(id => this.#kept.delete(id));
  }

  /** As it is remembered, if it is. */
  async find(id: string): Promise<KnownEndpoint | undefined> {
    const kept = this.#kept.get(id);
    return kept && kept.until > Date.now() ? kept.known : this.findNow(id);
  }

  /** Asks the database, whatever is remembered. */
  async findNow(id: string): Promise<KnownEndpoint | undefined> {
    if (this.#kept.size > MAX_KEPT) {
      this.#kept.clear();
    }
    const known = this.#read(id);
    this.#kept.set(id, { until: Date.now() + KEPT_MS, known });
    // Nothing that is not there is remembered: it may be made any time.
    known.then(
      found => found ?? this.#kept.delete(id),
      () => this.#kept.delete(id),
    );
    return known;
  }

  async #read(id: string): Promise<KnownEndpoint | undefined> {
    const endpoint = await this.endpoints.find(id);
    const registry =
      endpoint && (await this.registries.find(endpoint.registryId));
    return endpoint && registry && { endpoint, registry };
  }
}
