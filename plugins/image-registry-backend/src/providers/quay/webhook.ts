import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Notifications of Quay. They carry no secret but the URL's and do not name
 * their event: it is told by the fields that only one event has.
 */
export const quayWebhook: WebhookFormat = {
  authentication: [{ type: 'url' }],
  contentTypes: ['application/json'],
  receive(request) {
    const payload = Payload.of(request);
    if (!payload.has('namespace') && !payload.has('docker_url')) {
      throw new InputError(
        'The body holds no namespace and docker_url, as the notifications of Quay do',
      );
    }
    const repository = repositoryOf(payload);
    return {
      format: 'quay',
      events: readEvents(payload).map(event =>
        imageEvent({ repository, ...event }),
      ),
    };
  },
};

function readEvents(payload: Payload): ImageEvent[] {
  const pushed = payload.texts('updated_tags');
  if (pushed.length) {
    return pushed.map(tag => ({ kind: 'push', tag }));
  }
  if (payload.has('vulnerability') || payload.has('vulnerabilities')) {
    const scanned = payload.texts('tags');
    return scanned.length
      ? scanned.map(tag => ({ kind: 'scan', tag }))
      : [{ kind: 'scan' }];
  }
  // Builds, mirrors, expiries and quotas push nothing: a push is told apart.
  return [{ kind: 'other' }];
}

function repositoryOf(payload: Payload): string | undefined {
  const namespace = payload.text('namespace');
  const name = payload.text('name');
  const path = payload.text('docker_url');
  return (
    payload.text('repository') ??
    (namespace && name ? `${namespace}/${name}` : undefined) ??
    path?.slice(path.indexOf('/') + 1)
  );
}
