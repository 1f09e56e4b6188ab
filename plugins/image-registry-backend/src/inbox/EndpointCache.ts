import { EndpointStore } from './EndpointStore';
import { StoredEndpoint } from './StoredEndpoint';

/**
 * For how long an endpoint and its secrets are kept in memory, in ms: so long
 * another process may still let in a secret that was revoked.
 */
const KEPT_MS = 2000;
/** Endpoints that are kept at most. */
const MAX_KEPT = 1000;

/** Endpoints as the open route asks for them: often, and a few of them. */
export class EndpointCache {
  readonly #kept = new Map<
    string,
    { until: number; endpoint: Promise<StoredEndpoint | undefined> }
  >();

  constructor(
    private readonly endpoints: Pick<EndpointStore, 'find' | 'onChange'>,
  ) {
    endpoints.onChange(id => this.#kept.delete(id));
  }

  /** As it is remembered, if it is. */
  async find(id: string): Promise<StoredEndpoint | undefined> {
    const kept = this.#kept.get(id);
    return kept && kept.until > Date.now() ? kept.endpoint : this.findNow(id);
  }

  /** Asks the database, whatever is remembered. */
  async findNow(id: string): Promise<StoredEndpoint | undefined> {
    if (this.#kept.size > MAX_KEPT) {
      this.#kept.clear();
    }
    const endpoint = this.endpoints.find(id);
    this.#kept.set(id, { until: Date.now() + KEPT_MS, endpoint });
    // Nothing that is not there is remembered: it may be made any time.
    endpoint.then(
      found => found ?? this.#kept.delete(id),
      () => this.#kept.delete(id),
    );
    return endpoint;
  }
}
