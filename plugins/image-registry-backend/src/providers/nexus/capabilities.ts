import {
  advise,
  MadeWebhook,
  NewWebhook,
  RegistryCallOptions,
  RegistryError,
  Shaped,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { NexusApi } from './NexusApi';

/** Capability of Nexus that calls a URL, of one repository each. */
const WEBHOOK = 'webhook.repository';

const PATH = '/capabilities';

/** What of a capability's entry is used. */
const capability = {
  id: 'text',
  type: 'text',
  notes: 'text',
  properties: { repository: 'text' },
} as const;

/**
 * Makes the webhook of each repository of Nexus, or changes the one that was
 * made before: it is known by its notes. The secret signs what is sent.
 *
 * @param repositories - of Nexus, hosted ones or proxies: groups tell nothing
 * @returns the page of Nexus where they are
 * @throws RegistryError `unsupported` where Nexus has no API for them
 * @see https://help.sonatype.com/en/webhooks.html
 */
export async function putWebhooks(
  api: NexusApi,
  repositories: readonly string[],
  webhook: NewWebhook,
  options: RegistryCallOptions,
): Promise<MadeWebhook> {
  const known = await listWebhooks(api, options);
  for (const repository of repositories) {
    const existing = known.find(
      ({ notes, properties }) =>
        notes === webhook.name && properties?.repository === repository,
    );
    await put(api, existing?.id, toCapability(webhook, repository), options);
  }
  return { location: `${api.webUrl}/#admin/system/capabilities` };
}

async function listWebhooks(
  api: NexusApi,
  options: RegistryCallOptions,
): Promise<Shaped<typeof capability>[]> {
  try {
    const response = await api.send({
      ...options,
      path: PATH,
      operation: 'list the webhooks',
      privilege: 'nx-capabilities-read',
    });
    const entries = response.json<unknown>();
    return (Array.isArray(entries) ? entries : [])
      .map(entry => shaped(entry, capability))
      .filter(({ type }) => type === WEBHOOK);
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'not-found') {
      throw error;
    }
    throw new RegistryError(
      'unsupported',
      'Sonatype Nexus: could not make the webhook: this version has no API for capabilities',
      {
        cause: error,
        status: error.status,
        hint: advise(
          'nexus-by-hand',
          'Make it by hand as the steps say, or bring Nexus up to date',
        ),
      },
    );
  }
}

async function put(
  api: NexusApi,
  id: string | undefined,
  made: ReturnType<typeof toCapability>,
  options: RegistryCallOptions,
): Promise<void> {
  const { repository, secret } = made.properties;
  const isNew = id === undefined;
  await api.send({
    ...options,
    method: isNew ? 'POST' : 'PUT',
    path: isNew ? PATH : `${PATH}/${encodeURIComponent(id)}`,
    body: { ...made, ...(!isNew && { id }) },
    secrets: [secret],
    operation: `make the webhook of the repository ${repository}`,
    privilege: `nx-capabilities-${isNew ? 'create' : 'update'}`,
  });
}

function toCapability({ name, secret, url }: NewWebhook, repository: string) {
  return {
    type: WEBHOOK,
    notes: name,
    enabled: true,
    properties: { repository, names: 'component', url, secret },
  };
}
