import {
  MadeWebhook,
  NewWebhook,
  readNumberedPages,
  RegistryCallOptions,
  RegistryError,
  RegistryHttpResponse,
  remedies,
  Shaped,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { entriesOf, HarborApi, projectPath } from './HarborApi';
import { HarborRight } from './rights';

const PAGE_SIZE = 100;
const MOST_PAGES = 10;

/** What the portal has a use for, as far as a Harbor knows it. */
const EVENT_TYPES = [
  'PUSH_ARTIFACT',
  'DELETE_ARTIFACT',
  'SCANNING_COMPLETED',
  'SCANNING_FAILED',
  'SCANNING_STOPPED',
];

/** A webhook of a project, as Harbor keeps it. */
const webhookPolicy = {
  id: 'number',
  project_id: 'number',
  name: 'text',
  event_types: ['text'],
} as const;
type WebhookPolicy = Shaped<typeof webhookPolicy>;

/** What a Harbor can send; the formats since 2.8. */
const supportedEvents = {
  event_type: ['text'],
  payload_formats: [{ notify_type: 'text', formats: ['text'] }],
} as const;
type SupportedEvents = Shaped<typeof supportedEvents>;

type PolicyAction = Exclude<HarborRight['action'], 'Pull'>;

/** What a right of webhooks lets do. */
const verbs: Readonly<Record<PolicyAction, string>> = {
  Create: 'add to',
  List: 'list',
  Read: 'read what can be sent by',
  Update: 'change one of',
};

/** The webhooks of one project. */
class WebhookPolicies {
  readonly #api: HarborApi;
  readonly #project: string;
  readonly #options: RegistryCallOptions;

  constructor(api: HarborApi, project: string, options: RegistryCallOptions) {
    this.#api = api;
    this.#project = project;
    this.#options = options;
  }

  async supported(): Promise<SupportedEvents> {
    const response = await this.#send('Read', 'events');
    return shaped(response.json(), supportedEvents);
  }

  async find(name: string): Promise<WebhookPolicy | undefined> {
    const page = await readNumberedPages<WebhookPolicy>({
      pageSize: PAGE_SIZE,
      mostPages: MOST_PAGES,
      read: async number => {
        const { entries, ...counted } = entriesOf(
          await this.#send(
            'List',
            `policies?page=${number}&page_size=${PAGE_SIZE}`,
          ),
          webhookPolicy,
        );
        return { ...counted, items: entries };
      },
    });
    const found = page.items.find(policy => policy.name === name);
    if (!found && !page.complete) {
      throw new RegistryError(
        'invalid-response',
        `Harbor: could not list the webhooks of project ${this.#project}: ${
          page.reason?.message
        }`,
        { hint: remedies.tryLater },
      );
    }
    return found;
  }

  async create(policy: object): Promise<void> {
    await this.#send('Create', 'policies', { method: 'POST', body: policy });
  }

  async update(id: number, policy: object): Promise<void> {
    await this.#send('Update', `policies/${id}`, {
      method: 'PUT',
      body: policy,
    });
  }

  #send(
    action: PolicyAction,
    below: string,
    request: { method?: 'POST' | 'PUT'; body?: object } = {},
  ): Promise<RegistryHttpResponse> {
    const project = this.#project;
    return this.#api.send({
      ...this.#options,
      ...request,
      path: `${projectPath(project)}/webhook/${below}`,
      operation: `${verbs[action]} the webhooks of project ${project}`,
      needs: { resource: 'Notification Policy', action, project },
    });
  }
}

/**
 * Makes a webhook of a project, or changes the one of the same name. Harbor
 * cannot limit it to repositories.
 *
 * @returns the page of the web interface where it is
 * @throws RegistryError naming the right that the account lacks
 */
export async function putWebhookPolicy(
  api: HarborApi,
  project: string,
  webhook: NewWebhook,
  options: RegistryCallOptions,
): Promise<MadeWebhook> {
  const policies = new WebhookPolicies(api, project, options);
  const supported = await policies.supported();
  const existing = await policies.find(webhook.name);
  const policy = toPolicy(webhook, supported, existing);
  if (existing?.id !== undefined) {
    await policies.update(existing.id, policy);
    return { location: pageOf(api, existing) };
  }
  await policies.create(policy);
  // Only the list tells the number by which the web interface has the project.
  return { location: pageOf(api, await policies.find(webhook.name)) };
}

function toPolicy(
  { name, url, secret }: NewWebhook,
  { event_type: known, payload_formats: formats }: SupportedEvents,
  existing: WebhookPolicy | undefined,
) {
  const ours = EVENT_TYPES.filter(type => !known || known.includes(type));
  const hasCloudEvents = formats?.some(
    each =>
      each.notify_type === 'http' && each.formats?.includes('CloudEvents'),
  );
  return {
    name,
    description: 'Tells the portal of pushed images',
    enabled: true,
    // What somebody ticked beside ours stays.
    event_types: [...new Set([...ours, ...(existing?.event_types ?? [])])],
    targets: [
      {
        type: 'http',
        address: url,
        auth_header: `Bearer ${secret}`,
        skip_cert_verify: false,
        // Its id tells a repeated call from a new one.
        ...(hasCloudEvents && { payload_format: 'CloudEvents' }),
      },
    ],
  };
}

function pageOf(api: HarborApi, policy: WebhookPolicy | undefined): string {
  return policy?.project_id === undefined
    ? `${api.webUrl}/projects`
    : `${api.webUrl}/projects/${policy.project_id}/webhook`;
}
