import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import { toDigest } from './toDigest';

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
  contentTypes: [
    'application/json',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
  ],
  receive(request) {
    const payloads = Payload.allOf(request);
    const pushes = payloads.filter(payload => payload.has('push_data'));
    if (pushes.length) {
      return { format: 'alibaba-acr', events: pushes.map(ofTrigger) };
    }
    // Its targets can be told to collect events into one call.
    const events = payloads.filter(isOfRegistry);
    if (events.length) {
      return {
        format: 'alibaba-eventbridge',
        events: events.map(ofEventBridge),
      };
    }
    throw new InputError(
      'The body holds neither push_data, as triggers of Alibaba Cloud Container Registry do, nor an event of it',
    );
  },
};

function isOfRegistry(payload: Payload): boolean {
  const type = payload.text('type')?.toLowerCase();
  return payload.has('specversion') && type?.startsWith('cr:') === true;
}

function ofTrigger(payload: Payload): ImageEvent {
  const pushed = payload.object('push_data');
  const repository = payload.object('repository');
  return imageEvent({
    kind: 'push',
    repository: nameOf(
      repository.text('repo_full_name'),
      repository.text('namespace'),
      repository.text('name'),
    ),
    tag: pushed.text('tag'),
    digest: toDigest(pushed.text('digest')),
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
    digest: toDigest(data.text('Digest')),
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
