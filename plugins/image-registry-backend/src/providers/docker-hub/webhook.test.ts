import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '../../testing/webhookRequest';
import { dockerHubWebhook } from './webhook';

function receive(body: unknown): ImageEvent[] {
  const receipt = dockerHubWebhook.receive(webhookRequest(body));
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}

const push = {
  callback_url: 'https://registry.hub.docker.com/u/acme/web/hook/1/',
  push_data: { pushed_at: 1417566161, pusher: 'ada', tag: '1.2.0', images: [] },
  repository: {
    name: 'web',
    namespace: 'acme',
    repo_name: 'acme/web',
    repo_url: 'https://hub.docker.com/r/acme/web',
    is_private: true,
  },
};

describe('webhooks of Docker Hub', () => {
  it('reads the push of a tag', () => {
    expect(receive(push)).toEqual([
      {
        kind: 'push',
        repository: 'acme/web',
        tag: '1.2.0',
        pushedBy: 'ada',
        occurredAt: '2014-12-03T00:22:41.000Z',
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
