import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { payloadsOf } from '@slipway/provider-tests';
import { webhookRequest } from '../../testing/webhookRequest';
import { dockerHubWebhook } from './webhook';

function receive(body: unknown): ImageEvent[] {
  const receipt = dockerHubWebhook.receive(webhookRequest(body));
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}

const push = payloadsOf('docker-hub').payloads['dockerhub-push'].body as object;

describe('webhooks of Docker Hub', () => {
  it('reads the push of a tag', () => {
    expect(receive(push)).toEqual([
      {
        kind: 'push',
        repository: 'acme/web',
        tag: 'v1.3.0',
        pushedBy: 'ada',
        occurredAt: '2025-11-16T09:30:00.000Z',
      },
    ]);
  });

  it('can only be authenticated by its URL', () => {
    expect(dockerHubWebhook.authentication).toEqual([{ type: 'url' }]);
  });

  it.each([
    [{ repo_name: 'acme/web' }, 'acme/web'],
    [{ namespace: 'acme', name: 'web' }, 'acme/web'],
    [{ name: 'nginx' }, 'library/nginx'],
    [{ repo_name: 'nginx' }, 'library/nginx'],
  ])('finds the repository in %j', (repository, expected) => {
    expect(receive({ ...push, repository })[0].repository).toBe(expected);
  });

  it('tells a chart by its config type', () => {
    const data = (type: string) => ({
      ...push,
      push_data: { tag: '1', media_type: type },
    });
    expect(
      receive(data('application/vnd.cncf.helm.config.v1+json'))[0].kind,
    ).toBe('chart');
    expect(
      receive(data('application/vnd.docker.container.image.v1+json'))[0].kind,
    ).toBe('push');
    expect(receive(data('application/vnd.docker.plugin.v1+json'))[0].kind).toBe(
      'other',
    );
  });

  it('reads the little that some calls hold', () => {
    expect(
      receive({
        push_data: {
          tag: 'v1.0.0',
          media_type: 'application/vnd.docker.container.image.v1+json',
        },
        repository: { repo_name: 'acme/web' },
      }),
    ).toEqual([
      {
        kind: 'push',
        repository: 'acme/web',
        tag: 'v1.0.0',
        mediaType: 'application/vnd.docker.container.image.v1+json',
      },
    ]);
  });

  it('reads names in another case, and survives what it does not know', () => {
    expect(
      receive({
        Push_Data: { TAG: '1.2.0', Pusher: 'ada', images: null, extra: [{}] },
        REPOSITORY: { Repo_Name: 'acme/web', something_new: 1 },
      }),
    ).toEqual([
      { kind: 'push', repository: 'acme/web', tag: '1.2.0', pushedBy: 'ada' },
    ]);
  });

  it.each([
    [`sha256-${'d'.repeat(64)}.sig`, 'signature'],
    [`sha256-${'d'.repeat(64)}.att`, 'attestation'],
    [`sha256-${'d'.repeat(64)}.sbom`, 'sbom'],
  ])('tells by the tag %s that it is a %s', (tag, kind) => {
    const [event] = receive({ ...push, push_data: { tag } });
    expect(event.kind).toBe(kind);
  });

  it('does not take what it cannot read for a push', () => {
    expect(receive({ push_data: null, repository: 5 })).toEqual([
      { kind: 'other' },
    ]);
  });

  it.each(['', '{}', '{"events":[]}', '{"repository":{"name":"a"}}'])(
    'refuses %s',
    body => {
      expect(() => receive(body)).toThrow(/^The body/);
    },
  );
});
