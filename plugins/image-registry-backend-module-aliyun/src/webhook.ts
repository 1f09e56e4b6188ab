import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/** The vendor writes local times of China, without saying so. */
const CHINA = '+08:00';

/** Events of the Enterprise Edition, by the last part of their type. */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    pushcompleted: 'push',
    // What was built is pushed; a failed build is told apart below.
    buildcompleted: 'push',
    scancompleted: 'scan',
    signingcompleted: 'signature',
  }),
);

/**
 * Triggers, and the events of the Enterprise Edition that EventBridge sends
 * on. Triggers can prove themselves by the URL alone; an HTTP target of
 * EventBridge may send a header, too.
 */
export const alibabaWebhook: WebhookFormat = {
  authentication: [{ type: 'bearer' }, { type: 'url' }],
  contentTypes: ['application/json', 'application/cloudevents+json'],
  receive(request) {
    const payload = Payload.of(request);
    if (payload.has('push_data')) {
      return { format: 'alibaba-acr', events: [ofTrigger(payload)] };
    }
    const isOfRegistry = payload.text('type')?.toLowerCase().startsWith('cr:');
    if (payload.has('specversion') && isOfRegistry) {
      return {
        format: 'alibaba-eventbridge',
        events: [ofEventBridge(payload)],
      };
    }
    throw new InputError(
      'The body holds neither push_data, as triggers of Alibaba Cloud Container Registry do, nor an event of it',
    );
  },
};

function ofTrigger(payload: Payload): ImageEvent {
  const pushed = payload.object('push_data');
  const repository = payload.object('repository');
  const digest = pushed.text('digest');
  return imageEvent({
    kind: 'push',
    repository: nameOf(
      repository.text('repo_full_name'),
      repository.text('namespace'),
      repository.text('name'),
    ),
    tag: pushed.text('tag'),
    digest: digest && (digest.includes(':') ? digest : `sha256:${digest}`),
    occurredAt: pushed.time('pushed_at', CHINA),
  });
}

function ofEventBridge(payload: Payload): ImageEvent {
  const data = payload.object('data');
  const type = payload.text('type')?.toLowerCase().split(':').pop() ?? '';
  const hasFailed =
    data.has('BuildStatus') &&
    data.text('BuildStatus')?.toUpperCase() !== 'SUCCESS';
  return imageEvent({
    kind: hasFailed ? 'other' : kinds.get(type) ?? 'other',
    repository: nameOf(
      undefined,
      data.text('RepoNamespaceName'),
      data.text('RepoName'),
    ),
    tag: data.text('Tag'),
    digest: data.text('Digest'),
    occurredAt: payload.time('time', CHINA),
  });
}

/** Names of repositories are lower-case, however they are written here. */
function nameOf(
  full: string | undefined,
  namespace: string | undefined,
  name: string | undefined,
): string | undefined {
  const repository =
    full ?? (namespace && name ? `${namespace}/${name}` : undefined);
  return repository?.toLowerCase();
}
