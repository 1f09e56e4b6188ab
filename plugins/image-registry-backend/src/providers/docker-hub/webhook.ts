import { InputError } from '@backstage/errors';
import {
  imageEvent,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Webhooks of Docker Hub: one call per tag, without a digest and without any
 * authentication but the URL. `callback_url` is never called.
 */
export const dockerHubWebhook: WebhookFormat = {
  authentication: [{ type: 'url' }],
  contentTypes: ['application/json'],
  receive(request) {
    const payload = Payload.of(request);
    if (!payload.has('push_data')) {
      throw new InputError(
        'The body holds no push_data, as the webhooks of Docker Hub do',
      );
    }
    const push = payload.object('push_data');
    return {
      format: 'docker-hub',
      events: [
        imageEvent({
          kind: 'push',
          repository: repositoryOf(payload.object('repository')),
          tag: push.text('tag'),
          // That of the config: it tells charts, plugins and models from images.
          mediaType: push.text('media_type'),
          pushedBy: push.text('pusher'),
          occurredAt: push.time('pushed_at'),
        }),
      ],
    };
  },
};

function repositoryOf(repository: Payload): string | undefined {
  const namespace = repository.text('namespace');
  const name = repository.text('name');
  const full =
    repository.text('repo_name') ??
    (namespace && name ? `${namespace}/${name}` : name);
  // Official images are named by their last part.
  return full && !full.includes('/') ? `library/${full}` : full;
}
