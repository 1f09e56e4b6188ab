import {
  CreateWebhookEndpoint,
  Decision,
  DeliveriesQuery,
  Delivery,
  DeliveryDetails,
  InstalledWebhook,
  InstallWebhook,
  Page,
  WebhookEndpoint,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * Webhook endpoints, the log of what they received, and what was decided.
 *
 * @public
 */
export interface WebhooksApi {
  listWebhookEndpoints(
    registryId: string,
    options?: ReadOptions,
  ): Promise<WebhookEndpoint[]>;
  /** The secret in the answer is never shown again. */
  createWebhookEndpoint(
    registryId: string,
    body: CreateWebhookEndpoint,
  ): Promise<WebhookEndpointSecret>;
  /** Adds a second secret, or replaces the old one with `revokeOld`. */
  rotateWebhookEndpoint(
    id: string,
    body?: { revokeOld?: boolean },
  ): Promise<WebhookEndpointSecret>;
  /** Has the vendor's API make the webhook that calls an endpoint. */
  installWebhook(
    registryId: string,
    endpointId: string,
    body?: InstallWebhook,
  ): Promise<InstalledWebhook>;
  deleteWebhookEndpoint(id: string): Promise<void>;
  listDeliveries(
    query?: DeliveriesQuery,
    options?: ReadOptions,
  ): Promise<Page<Delivery>>;
  getDelivery(id: string, options?: ReadOptions): Promise<DeliveryDetails>;
  /** Processes a stored delivery again; answers the new delivery. */
  replayDelivery(id: string): Promise<Delivery>;
  listDecisions(
    query: { policyId: string; limit?: number; cursor?: string },
    options?: ReadOptions,
  ): Promise<Page<Decision>>;
}
