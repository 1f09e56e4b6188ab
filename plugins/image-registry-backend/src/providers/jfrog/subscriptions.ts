import {
  MadeWebhook,
  NewWebhook,
  RegistryCallOptions,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { JFrogApi } from './JFrogApi';
import { JFrogImage } from './place';

/** A webhook of the platform, for images. */
export interface NewSubscription extends NewWebhook {
  /** Repository key; absent: all local repositories. */
  key?: string;
  /** Absent: all images of the repository. */
  images?: readonly JFrogImage[];
  /** For the link to where a person finds it. */
  platform: string;
}

const PATH = '/event/api/v1/subscriptions';

/** The platform takes keys of this length at most. */
const LONGEST_KEY = 200;

/**
 * Makes a subscription of the domain `docker`, or replaces the one of the same
 * key. The secret signs what is sent.
 *
 * @see https://jfrog.com/help/r/jfrog-rest-apis/create-a-new-webhook-subscription
 */
export async function putSubscription(
  api: JFrogApi,
  webhook: NewSubscription,
  options: RegistryCallOptions,
): Promise<MadeWebhook> {
  const subscription = toSubscription(webhook);
  const send = (method: 'POST' | 'PUT', path: string) =>
    api.send({
      ...options,
      method,
      path,
      base: 'platform',
      body: {
        type: 'application/json',
        content: JSON.stringify(subscription),
      },
      operation: `make the webhook ${subscription.key}`,
      needs: { action: 'Manage Webhooks' },
      acceptStatuses: method === 'POST' ? [400, 409] : [],
    });
  const known = `${PATH}/${encodeURIComponent(subscription.key)}`;
  try {
    const made = await send('POST', PATH);
    if (made.status >= 400) {
      // Older versions refuse a known key with 400 instead of 409.
      await send('PUT', known);
    }
  } catch (error) {
    throw withoutSecret(error, webhook.secret);
  }
  return {
    location: `${webhook.platform}/ui/admin/configuration/webhooks`,
  };
}

function toSubscription({ images = [], key, ...webhook }: NewSubscription) {
  const keys = [...new Set(images.map(image => image.key))];
  const repoKeys = keys.length ? keys : [key ?? []].flat();
  return {
    key: toKey(webhook.name),
    description: webhook.name,
    enabled: true,
    event_filter: {
      domain: 'docker',
      event_types: ['pushed', 'deleted', 'promoted'],
      criteria: {
        anyLocal: repoKeys.length === 0,
        anyRemote: false,
        anyFederated: repoKeys.length === 0,
        repoKeys,
        includePatterns: images.map(({ image }) => `${image}/**`),
        excludePatterns: [],
      },
    },
    handlers: [
      {
        handler_type: 'webhook',
        url: webhook.url,
        secret: webhook.secret,
        use_secret_for_signing: true,
      },
    ],
  };
}

/** A name as keys may be written: letters, digits and hyphens. */
function toKey(name: string): string {
  const key = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return (
    key.replace(/^-|-$/g, '').slice(0, LONGEST_KEY).padEnd(2, '0') || 'portal'
  );
}

/** What was sent in JSON may come back in a sentence. */
function withoutSecret(error: unknown, secret: string): unknown {
  return error instanceof RegistryError && error.message.includes(secret)
    ? new RegistryError(
        error.code,
        error.message.replaceAll(secret, '[redacted]'),
        { hint: error.remedy, status: error.status },
      )
    : error;
}
