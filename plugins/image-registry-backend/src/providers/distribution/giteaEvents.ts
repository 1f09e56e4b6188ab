import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookReceipt,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';

/** By the action of an event `package`. */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    created: 'push',
    deleted: 'delete',
  }),
);

/** Whether a call is a webhook of Gitea or Forgejo, of any event. */
export function isGiteaEvent(
  { headers }: WebhookRequest,
  payload: Payload,
): boolean {
  return (
    headers['x-gitea-event'] !== undefined ||
    headers['x-forgejo-event'] !== undefined ||
    (payload.has('action') && payload.object('package').has('html_url'))
  );
}

/**
 * Webhooks of Gitea and Forgejo. Of all their events only `package` tells of
 * images, by a version that is the tag, or the digest of a child of an index.
 *
 * https://docs.gitea.com/usage/repository/webhooks
 */
export function receiveGiteaEvent(
  { headers }: WebhookRequest,
  payload: Payload,
): WebhookReceipt {
  const name = headers['x-gitea-event'] ?? headers['x-forgejo-event'];
  const isPackage = name ? /^package$/i.test(name) : payload.has('package');
  return {
    format: 'gitea',
    events: [isPackage ? packageEvent(payload) : { kind: 'other' }],
  };
}

function packageEvent(payload: Payload): ImageEvent {
  const pack = payload.object('package');
  if (pack.text('type')?.toLowerCase() !== 'container') {
    return { kind: 'other' };
  }
  const owner = pack.object('owner');
  const login = owner.text('login') ?? owner.text('username');
  const name = pack.text('name');
  return imageEvent({
    kind: kinds.get(payload.text('action')?.toLowerCase() ?? '') ?? 'other',
    // Owners are shown in capital letters that no reference has.
    repository: login && name ? `${login}/${name}`.toLowerCase() : undefined,
    tag: pack.text('version'),
    pushedBy: payload.object('sender').text('login'),
    occurredAt: pack.time('created_at'),
  });
}
