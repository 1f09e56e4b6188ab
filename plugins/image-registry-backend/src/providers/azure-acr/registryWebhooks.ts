import {
  advise,
  MadeWebhook,
  NewWebhook,
  readFollowingPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
  sameHostUrl,
} from '@slipway/backstage-plugin-image-registry-node';
import { servicePrincipalOf } from './credentials';
import { cloudOf, entraToken } from './entraLogin';

/** Of Microsoft.ContainerRegistry, and of subscriptions. */
const API_VERSION = '2023-07-01';
const SUBSCRIPTIONS_VERSION = '2022-12-01';

/** Pages of subscriptions, and of registries of one, that are read at most. */
const MOST_PAGES = 20;

const ACTIONS = ['push', 'delete', 'chart_push', 'chart_delete'];

/** A registry as Azure Resource Manager knows it. */
interface Resource {
  id?: string;
  location?: string;
  properties?: { loginServer?: string } | null;
}

/** What calls of Azure Resource Manager have in common. */
interface ArmAccess {
  connection: RegistryConnection;
  /** Of Microsoft Entra ID. */
  token: string;
  title: string;
  options: RegistryCallOptions;
}

/**
 * Makes a webhook of the registry, or changes the one of the same name. That
 * is no matter of the registry itself but of Azure Resource Manager, which
 * looks for it in the subscriptions that the application sees.
 *
 * @returns the page of the Azure portal where it is
 * @throws RegistryError naming the role that the application lacks
 * @see https://learn.microsoft.com/rest/api/containerregistry/webhooks/create
 */
export async function putRegistryWebhook(
  connection: RegistryConnection,
  title: string,
  webhook: NewWebhook,
  options: RegistryCallOptions,
): Promise<MadeWebhook> {
  const access = await signIn(connection, title, options);
  const { id, location } = await findRegistry(access);
  await send(access, {
    method: 'PUT',
    url: `${managementOf(access)}${id}/webhooks/${nameOf(
      webhook,
    )}?api-version=${API_VERSION}`,
    operation: 'make the webhook',
    body: {
      location,
      properties: {
        serviceUri: webhook.url,
        customHeaders: { Authorization: `Bearer ${webhook.secret}` },
        actions: ACTIONS,
        status: 'enabled',
        scope: scopeOf(webhook),
      },
    },
    secrets: [webhook.secret],
  });
  return { location: `https://portal.azure.com/#resource${id}/webhooks` };
}

/** Tokens and the admin user are the registry's own, and unknown to Azure. */
async function signIn(
  connection: RegistryConnection,
  title: string,
  options: RegistryCallOptions,
): Promise<ArmAccess> {
  const principal = servicePrincipalOf(connection);
  if (!principal) {
    throw new RegistryError(
      'unsupported',
      `${title}: could not make the webhook: only a service principal can whose directory is known`,
      {
        hint: advise(
          'azure-sign-in-principal',
          'Sign in with a service principal and enter the directory (tenant) ID, or make the webhook by hand as the steps say',
        ),
      },
    );
  }
  const token = await entraToken(connection, principal, title, options);
  return { connection, options, title, token };
}

async function findRegistry(
  access: ArmAccess,
): Promise<{ id: string; location: string }> {
  const { host } = new URL(access.connection.address);
  const subscriptions = await list<{ subscriptionId?: string }>(
    access,
    `/subscriptions?api-version=${SUBSCRIPTIONS_VERSION}`,
    'list the subscriptions',
  );
  for (const { subscriptionId } of subscriptions) {
    const registries = await list<Resource>(
      access,
      `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerRegistry/registries?api-version=${API_VERSION}`,
      'find the registry among the resources',
    );
    const { id, location } =
      registries.find(({ properties }) => properties?.loginServer === host) ??
      {};
    if (id && location) {
      return { id, location };
    }
  }
  throw lackingRole(
    access,
    `could not make the webhook: none of the subscriptions that the application sees has ${host}`,
  );
}

/** All entries of a list of Azure Resource Manager. */
async function list<T>(
  access: ArmAccess,
  path: string,
  operation: string,
): Promise<T[]> {
  const base = managementOf(access);
  const page = await readFollowingPages<T>({
    mostPages: MOST_PAGES,
    keyOf: entry => JSON.stringify(entry),
    read: async next => {
      const response = await send(access, {
        url: next ?? `${base}${path}`,
        operation,
      });
      const { nextLink, value } =
        response.json<{ value?: unknown; nextLink?: unknown } | null>() ?? {};
      return {
        items: (Array.isArray(value) ? value : []).filter(
          (entry): entry is T => typeof entry === 'object' && entry !== null,
        ),
        ...(typeof nextLink === 'string' &&
          nextLink && {
            next: sameHostUrl(nextLink, {
              title: access.title,
              operation,
              requestUrl: response.url,
            }),
          }),
      };
    },
  });
  return page.items;
}

async function send(
  access: ArmAccess,
  request: {
    method?: 'PUT';
    url: string;
    operation: string;
    body?: object;
    secrets?: string[];
  },
): Promise<RegistryHttpResponse> {
  const { connection, options, token } = access;
  const { body, ...rest } = request;
  try {
    return await connection.http.request({
      ...options,
      ...rest,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      // The token is not for another host.
      maxRedirects: 0,
    });
  } catch (error) {
    throw error instanceof RegistryError && error.code === 'forbidden'
      ? lackingRole(access, `could not ${request.operation}`, error)
      : error;
  }
}

function lackingRole(
  { connection, title }: ArmAccess,
  sentence: string,
  cause?: RegistryError,
): RegistryError {
  const { clientId } = connection.credentials ?? {};
  return new RegistryError('forbidden', `${title}: ${sentence}`, {
    ...(cause && { cause, status: cause.status }),
    hint: advise(
      'azure-webhook-role',
      `In the registry open Access control (IAM) and give the application ${clientId} the role Contributor, or one with Microsoft.ContainerRegistry/registries/read and registries/webhooks/write; or make the webhook by hand`,
      { clientId },
    ),
  });
}

function managementOf({ connection }: ArmAccess): string {
  return cloudOf(connection).management;
}

/** Letters and digits, from 5 to 50 of them. */
function nameOf({ name }: NewWebhook): string {
  return name
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 50)
    .padEnd(5, '0');
}

/** One repository can be named, or all of them. */
function scopeOf({ repositories = [] }: NewWebhook): string {
  const [only, ...others] = repositories;
  return only === undefined || others.length || only.includes('*')
    ? ''
    : `${only}:*`;
}
