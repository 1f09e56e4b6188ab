import { InputError } from '@backstage/errors';
import { InstalledWebhook } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import { withRegistryErrors } from '../http';
import { RegistryService } from '../registries';
import { needsKey } from './authenticate';
import { EndpointStore } from './EndpointStore';
import { StoredEndpoint } from './StoredEndpoint';

/** What {@link installWebhook} needs. */
export interface InstallOptions {
  endpoints: EndpointStore;
  registries: RegistryService;
  /** Base of the URLs that registries call, without a slash at the end. */
  webhookBaseUrl: string;
}

/** Whether a call must carry the secret in its URL. */
function sendsUrlOnly({ authentication }: WebhookFormat): boolean {
  return authentication.every(
    ({ type }) => type === 'url' || type === 'signed',
  );
}

/**
 * Has the vendor's API make the webhook that calls an endpoint, with a new
 * secret of the endpoint that nobody sees.
 *
 * @throws InputError when the vendor's API cannot
 * @throws ConflictError when a secret in use would have to end
 */
export async function installWebhook(
  { endpoints, registries, webhookBaseUrl }: InstallOptions,
  endpoint: StoredEndpoint,
  place: string | undefined,
): Promise<InstalledWebhook> {
  const registry = await registries.get(endpoint.registryId);
  const { descriptor, webhook: format } = registries.provider(
    registry.provider,
  );
  const client = await withRegistryErrors(() => registries.client(registry.id));
  const createWebhook = client.createWebhook?.bind(client);
  if (!format || !createWebhook) {
    throw refusal(
      InputError,
      because(
        'no-webhook-api',
        `${descriptor.title} offers no API to make webhooks; follow the steps of the recipe`,
        { vendor: descriptor.title },
      ),
    );
  }
  const { secretId, secret } = await endpoints.addSecret(endpoint.id, {
    keepsKey: needsKey(format),
  });
  const url = `${webhookBaseUrl}/webhooks/${endpoint.id}`;
  const webhook = {
    name: `backstage-${endpoint.id}`,
    url: sendsUrlOnly(format) ? `${url}/${secret}` : url,
    secret,
    ...(place && { place }),
    ...(endpoint.repositories && { repositories: endpoint.repositories }),
    ...(endpoint.settings && { settings: endpoint.settings }),
  };
  try {
    const installed = await withRegistryErrors(() =>
      createWebhook(webhook, { priority: 'interactive' }),
    );
    await endpoints.keepNewest(endpoint.id);
    return installed;
  } catch (error) {
    // Else two failures would end the secret that the vendor really has.
    await endpoints.removeSecret(endpoint.id, secretId);
    throw error;
  }
}
