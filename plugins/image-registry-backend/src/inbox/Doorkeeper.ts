import {
  AuthenticationError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  RegistryError,
  WebhookFormat,
  WebhookKeySource,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import {
  authenticate,
  Authenticated,
  carriesProof,
  UnprovenCall,
  verifyVendorSignature,
} from './authenticate';
import { EndpointCache } from './EndpointCache';
import { EndpointStore } from './EndpointStore';
import { proofRefused } from './proofRefused';
import { RefusalCounter } from './RefusalCounter';
import { StoredEndpoint } from './StoredEndpoint';

/** A call that may speak for an endpoint. */
export interface Admitted {
  endpoint: StoredEndpoint;
  format: WebhookFormat;
  authenticated: Authenticated;
  /** Whose events are expected. */
  registry: NonNullable<WebhookRequest['registry']>;
}

/** What {@link Doorkeeper} is made of. */
export interface DoorkeeperOptions {
  endpoints: EndpointStore;
  keys: WebhookKeySource;
  refusals: RefusalCounter;
  registries: RegistryService;
}

/** Lets calls in that prove themselves, and counts those that do not. */
export class Doorkeeper {
  readonly #cache: EndpointCache;

  constructor(private readonly options: DoorkeeperOptions) {
    this.#cache = new EndpointCache(options.endpoints, options.registries);
  }

  /**
   * Lets a call in by one of the endpoint's secrets.
   *
   * @throws NotFoundError when there is no such endpoint
   * @throws AuthenticationError when the call may not speak for it
   */
  async admit(endpointId: string, call: UnprovenCall): Promise<Admitted> {
    const { endpoints, refusals, registries } = this.options;
    const known = await this.#cache.find(endpointId);
    const format =
      known && registries.provider(known.registry.provider).webhook;
    if (!known || !format) {
      throw new NotFoundError('No such webhook endpoint');
    }
    const { endpoint, registry } = known;
    const authenticated =
      (await authenticate(endpoint, format, call, endpoints)) ??
      // The secret may be newer than what is remembered.
      (await authenticate(
        (await this.#cache.findNow(endpointId))?.endpoint ?? endpoint,
        format,
        call,
        endpoints,
      ));
    if (!authenticated) {
      const reason = carriesProof(format, call)
        ? because('webhook-secret-wrong', 'The secret is wrong')
        : because('webhook-secret-missing', 'The call carried no secret');
      refusals.note(endpoint.id, reason);
      throw refusal(AuthenticationError, reason);
    }
    const { address, namespace, options } = registry;
    return {
      endpoint,
      format,
      authenticated,
      registry: { address, options, ...(namespace && { namespace }) },
    };
  }

  /** @throws AuthenticationError when the vendor's own signature is wrong */
  async verify(
    { endpoint, format }: Admitted,
    received: WebhookRequest,
  ): Promise<void> {
    const { keys, refusals } = this.options;
    try {
      await verifyVendorSignature(endpoint, format, received, keys);
    } catch (error) {
      if (error instanceof RegistryError) {
        // The vendor calls again, and perhaps the keys can be read then.
        throw new ServiceUnavailableError(
          `The signature cannot be verified now: ${error.message}`,
        );
      }
      if (error instanceof AuthenticationError) {
        refusals.note(endpoint.id, reasonOf(error));
      }
      throw error;
    }
  }
}

/** Formats of others may refuse without a reason of their own. */
function reasonOf(error: AuthenticationError & { reason?: Reason }): Reason {
  return error.reason ?? proofRefused(error.message);
}
