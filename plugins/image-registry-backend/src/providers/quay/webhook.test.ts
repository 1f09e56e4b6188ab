import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '../../testing/webhookRequest';
import { quayWebhook } from './webhook';

function receive(body: unknown): ImageEvent[] {
  const receipt = quayWebhook.receive(webhookRequest(body));
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}

const place = {
  name: 'web',
  repository: 'acme/web',
  namespace: 'acme',
  docker_url: 'quay.example.com/acme/web',
  homepage: 'https://quay.example.com/repository/acme/web',
};
const repository = 'acme/web';

describe('webhooks of Quay', () => {
  it.each<[string, object, ImageEvent[]]>([
    [
      'a push of one tag',
      { ...place, updated_tags: ['v1.2.0'] },
      [{ kind: 'push', repository, tag: 'v1.2.0' }],
    ],
    [
      'a push of several',
      { ...place, updated_tags: ['v1.2.0', 'latest'] },
      [
        { kind: 'push', repository, tag: 'v1.2.0' },
        { kind: 'push', repository, tag: 'latest' },
      ],
    ],
    [
      'a push of a signature',
      { ...place, updated_tags: [`sha256-${'a'.repeat(64)}.sig`] },
      [
        {
          kind: 'signature',
          repository,
          tag: `sha256-${'a'.repeat(64)}.sig`,
        },
      ],
    ],
    [
      'a push of nothing',
      { ...place, updated_tags: [] },
      [{ kind: 'other', repository }],
    ],
    [
      'a build',
      { ...place, build_id: 'b1', docker_tags: ['latest'], trigger_kind: 'x' },
      [{ kind: 'other', repository }],
    ],
    [
      'a vulnerability',
      {
        ...place,
        tags: ['latest', 'prod'],
        image: 'i',
        vulnerability: { id: 'CVE-1', priority: 'High' },
      },
      [
        { kind: 'scan', repository, tag: 'latest' },
        { kind: 'scan', repository, tag: 'prod' },
      ],
    ],
    [
      'vulnerabilities of no tag',
      { ...place, vulnerabilities: [{ id: 'CVE-1' }] },
      [{ kind: 'scan', repository }],
    ],
    [
      'tags that expire',
      { ...place, tags: ['v1'], expiring_in: '7 days' },
      [{ kind: 'other', repository }],
    ],
    [
      'a mirror',
      { ...place, message: 'synchronised' },
      [{ kind: 'other', repository }],
    ],
    [
      'a quota of an organization',
      { namespace: 'acme', threshold_percent: 80, usage_percent: 81 },
      [{ kind: 'other' }],
    ],
  ])('reads %s', (_name, body, events) => {
    expect(receive(body)).toEqual(events);
  });

  it.each([
    { ...place, repository: undefined, updated_tags: ['v1'] },
    { docker_url: 'quay.example.com:8443/acme/web', updated_tags: ['v1'] },
    { NAMESPACE: 'acme', Name: 'web', Updated_Tags: ['v1'], new_field: {} },
  ])('finds the repository of %j', body => {
    expect(receive(body)).toEqual([{ kind: 'push', repository, tag: 'v1' }]);
  });

  it.each([
    { ...place, updated_tags: 'latest' },
    { ...place, updated_tags: { latest: 'id' } },
    { ...place, updated_tags: [1, null] },
    { namespace: 7, updated_tags: ['v1'] },
    { namespace: 'acme', repository: '../etc', updated_tags: ['v1'] },
  ])('takes %j for no push', body => {
    expect(receive(body).map(({ kind }) => kind)).toEqual(['other']);
  });

  it.each(['', '[]', '{}', '"push"', '{"events":[]}'])('refuses %j', body => {
    expect(() => receive(body)).toThrow(/^The body/);
  });
});
