import { webhookRequest } from '../../testing/webhookRequest';
import { gitlabWebhook } from './webhook';

const digest = `sha256:${'f'.repeat(64)}`;

/** One event as the registry of a GitLab sends it. */
function notification(target: object, action = 'push') {
  return {
    events: [
      {
        id: 'e1',
        timestamp: '2026-11-02T10:00:00.222576752Z',
        action,
        target: {
          mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
          size: 2206,
          digest,
          repository: 'acme/shop/web',
          url: `https://registry.example.com/v2/acme/shop/web/manifests/${digest}`,
          ...target,
        },
        actor: { name: 'octo', user_type: 'personal_access_token' },
      },
    ],
  };
}

describe('webhooks of GitLab', () => {
  it('reads the notifications of its registry', () => {
    expect(
      gitlabWebhook.receive(
        webhookRequest(
          notification({ tag: 'v1.2.0' }),
          'application/vnd.docker.distribution.events.v2+json',
        ),
      ),
    ).toEqual({
      format: 'gitlab',
      events: [
        {
          kind: 'push',
          repository: 'acme/shop/web',
          tag: 'v1.2.0',
          digest,
          mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
          pushedBy: 'octo',
          occurredAt: '2026-11-02T10:00:00.222Z',
        },
      ],
    });
  });

  it('reads what the recipe has a CI job send', () => {
    expect(
      gitlabWebhook.receive(
        webhookRequest(
          {
            specversion: '1.0',
            id: '4711',
            source: 'https://gitlab.com/Acme/Shop',
            type: 'com.gitlab.container.image.push',
            data: {
              repository: 'registry.gitlab.com/acme/shop/web',
              tag: 'main',
            },
          },
          'application/cloudevents+json',
        ),
      ),
    ).toEqual({
      format: 'cloudevents',
      events: [{ kind: 'push', repository: 'acme/shop/web', tag: 'main' }],
    });
  });

  it('takes a pull and a digest alone for what they are', () => {
    const kinds = [
      notification({ tag: 'v1' }, 'pull'),
      notification({}),
      notification({ tag: 'v1' }, 'mount'),
    ].map(body => {
      const receipt = gitlabWebhook.receive(webhookRequest(body));
      return 'events' in receipt
        ? receipt.events.map(({ kind, tag }) => ({ kind, tag }))
        : [];
    });
    expect(kinds).toEqual([
      [{ kind: 'pull', tag: 'v1' }],
      [{ kind: 'push', tag: undefined }],
      [{ kind: 'other', tag: 'v1' }],
    ]);
  });

  it('refuses what is neither', () => {
    expect(() =>
      gitlabWebhook.receive(webhookRequest({ object_kind: 'push' })),
    ).toThrow(/^The body/);
  });
});
