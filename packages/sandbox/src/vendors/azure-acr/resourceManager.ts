import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { azureAcrAccounts } from './accounts';

const SUBSCRIPTION = '/subscriptions/0b1f0000-0000-4000-8000-000000000001';
const REGISTRIES = '/providers/Microsoft.ContainerRegistry/registries';

/** The registry, as Azure Resource Manager names it. */
export const AZURE_REGISTRY_ID = `${SUBSCRIPTION}/resourceGroups/shop${REGISTRIES}/acme`;

/** A webhook, as the API takes it. */
export interface AzureWebhook {
  location?: string;
  properties?: Record<string, unknown>;
}

/**
 * What of Azure Resource Manager finds a registry and makes its webhooks:
 * learn.microsoft.com/rest/api/containerregistry.
 *
 * @param application - whose token it is; undefined for one that is none
 * @param webhooks - by name
 */
export function answerResourceManager(
  { method, path, query, ...request }: VendorRequest,
  application: string | undefined,
  { host, webhooks }: { host: string; webhooks: Map<string, AzureWebhook> },
): VendorAnswer | undefined {
  if (application === undefined) {
    return refusal(401, 'InvalidAuthenticationToken');
  }
  if (!query.has('api-version')) {
    return refusal(400, 'MissingApiVersionParameter');
  }
  // Without any role an application sees no subscription.
  const sees = application !== azureAcrAccounts.stranger.clientId;
  if (path === '/subscriptions') {
    const subscriptionId = SUBSCRIPTION.split('/').pop();
    return jsonAnswer({ value: sees ? [{ subscriptionId }] : [] });
  }
  if (path === `${SUBSCRIPTION}${REGISTRIES}`) {
    const entry = (name: string) => ({
      id: AZURE_REGISTRY_ID.replace(/acme$/, name),
      name,
      location: 'westeurope',
      properties: { loginServer: host.replace('acme', name) },
    });
    return query.has('$skiptoken')
      ? jsonAnswer({ value: [entry('acme')] })
      : jsonAnswer({
          value: [entry('other')],
          nextLink: `https://${request.host}${path}?api-version=1&$skiptoken=2`,
        });
  }
  const [, name] =
    path.startsWith(`${AZURE_REGISTRY_ID}/webhooks/`) && method === 'PUT'
      ? /\/([a-zA-Z0-9]{5,50})$/.exec(path) ?? []
      : [];
  if (!name) {
    return undefined;
  }
  if (application !== azureAcrAccounts.contributor.clientId) {
    return refusal(403, 'AuthorizationFailed');
  }
  const webhook = jsonBodyOf({ method, path, query, ...request });
  webhooks.set(name, webhook as AzureWebhook);
  return jsonAnswer(webhook, { status: 201 });
}

function refusal(status: number, code: string): VendorAnswer {
  return jsonAnswer({ error: { code, message: `${code}.` } }, { status });
}
