import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { payloadsOf } from '@slipway/provider-tests';
import { webhookRequest } from '../../testing/webhookRequest';
import { distributionWebhook } from './webhook';

interface Call {
  action: string;
  package: Record<string, unknown>;
}

const { body, headers } =
  payloadsOf('distribution').payloads['gitea-package-created'];
const created = (changes: object = {}, action = 'created') => ({
  ...(body as Call),
  action,
  package: { ...(body as Call).package, ...changes },
});

function receive(sent: unknown, sentHeaders: object = headers!): ImageEvent {
  const request = webhookRequest(sent);
  const receipt = distributionWebhook.receive({
    ...request,
    headers: { ...request.headers, ...sentHeaders },
  });
  expect(receipt.format).toBe('gitea');
  const [event, ...others] = 'events' in receipt ? receipt.events : [];
  expect(others).toEqual([]);
  return event;
}

const pushed = {
  kind: 'push',
  repository: 'shop/web',
  tag: 'v1.3.0',
  pushedBy: 'ada',
  occurredAt: '2026-11-17T10:05:00.000Z',
};
const digest = `sha256:${'ab'.repeat(32)}`;

describe('webhooks of Gitea and Forgejo', () => {
  it('tell of a push, with or without their header', () => {
    expect(receive(created())).toEqual(pushed);
    expect(receive(created(), { 'x-forgejo-event': 'package' })).toEqual(
      pushed,
    );
    expect(receive(created(), {})).toEqual(pushed);
  });

  it.each<[string, object, object]>([
    [
      'a child of an index',
      { version: digest },
      { kind: 'push', digest, tag: undefined },
    ],
    [
      'a signature',
      { version: `sha256-${'ab'.repeat(32)}.sig` },
      { kind: 'signature' },
    ],
    ['an image with slashes', { name: 'a/b' }, { repository: 'shop/a/b' }],
    ['a package of npm', { type: 'npm' }, { kind: 'other' }],
    ['no owner', { owner: null }, { kind: 'other' }],
    ['a name that is none', { name: '../x' }, { kind: 'other' }],
  ])('tell of %s', (_, changes, expected) => {
    expect({ tag: undefined, ...receive(created(changes)) }).toMatchObject(
      expected,
    );
  });

  it('tell of deletions', () => {
    expect(receive(created({}, 'deleted')).kind).toBe('delete');
  });

  it.each(['push', 'repository', 'something_new'])(
    'of the event %s, which a test delivery may be, are recorded',
    event => {
      expect(
        receive({ ref: 'refs/heads/main' }, { 'x-gitea-event': event }),
      ).toEqual({ kind: 'other' });
    },
  );
});
