import { createHmac } from 'node:crypto';
import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { as } from '../testing/people';
import { Portal, startPortal } from '../testing/startPortal';

const [database] = eachDatabase();
const digest = `sha256:${'e5'.repeat(32)}`;
const pushed = { kind: 'push', repository: 'acme/web', tag: 'v1' };

const github = JSON.stringify({
  action: 'published',
  package: {
    name: 'web',
    package_type: 'CONTAINER',
    owner: { login: 'Acme' },
    package_version: {
      version: digest,
      container_metadata: { tag: { name: 'v1' } },
      package_url: 'ghcr.io/Acme/web:v1',
    },
  },
});
const quay = JSON.stringify({
  repository: 'acme/web',
  namespace: 'acme',
  name: 'web',
  docker_url: 'quay.io/acme/web',
  updated_tags: ['v1', 'latest'],
});
const notification = JSON.stringify({
  events: [
    {
      id: '1',
      action: 'push',
      target: {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        repository: 'acme/web',
        tag: 'v1',
        digest,
      },
    },
  ],
});
const cloudEvent = {
  specversion: '1.0',
  id: '4711',
  source: 'https://gitlab.com/acme/web',
  type: 'com.gitlab.container.image.push',
  data: { repository: 'registry.gitlab.com/acme/web', tag: 'v1' },
};

const signature = (secret: string, body: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('webhooks of GitHub, Quay and GitLab, through the public route', () => {
  let knex: Knex;
  let portal: Portal;

  beforeAll(async () => {
    knex = await database.create();
    portal = await startPortal({ knex });
  });
  afterAll(() => portal.stop());

  async function endpointOf(provider: string, address: string) {
    const made = async (path: string, body: object) => {
      const answer = await portal.call('POST', path, as('admin'), body);
      expect({ path, status: answer.status, body: answer.body }).toMatchObject({
        path,
        status: 201,
      });
      return answer.body;
    };
    const { id } = await made('/registries', {
      name: provider,
      provider,
      address,
    });
    const { endpoint, secret } = await made(
      `/registries/${id}/webhook-endpoints`,
      { name: 'push' },
    );
    return { id: endpoint.id as string, secret: secret as string };
  }

  async function deliver(
    path: string,
    body: string,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(`${portal.base}/webhooks/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const { deliveryId = '' } =
      response.status === 202 ? await response.json() : {};
    const events = await knex('image_events')
      .where({ delivery_id: deliveryId })
      .orderBy('tag', 'desc');
    return {
      status: response.status,
      events: events.map(({ kind, repository, tag }) => ({
        kind,
        repository,
        tag,
      })),
    };
  }

  it('takes what GitHub signs, and nothing else', async () => {
    const { id, secret } = await endpointOf('ghcr', 'https://ghcr.io');
    const header = 'X-Hub-Signature-256';
    const event = { 'X-GitHub-Event': 'package' };
    expect(
      await deliver(id, github, {
        ...event,
        [header]: signature(secret, github),
      }),
    ).toEqual({ status: 202, events: [pushed] });
    const ping = '{"zen":"Keep it.","hook_id":1}';
    expect(
      await deliver(id, ping, {
        'X-GitHub-Event': 'ping',
        [header]: signature(secret, ping),
      }),
    ).toMatchObject({ status: 202, events: [{ kind: 'test' }] });
    for (const wrong of [
      signature('another', github),
      signature(secret, `${github} `),
      signature(secret, github).slice('sha256='.length),
      secret,
    ]) {
      expect(await deliver(id, github, { ...event, [header]: wrong })).toEqual({
        status: 401,
        events: [],
      });
    }
    expect(await deliver(`${id}/${secret}`, github, event)).toEqual({
      status: 401,
      events: [],
    });
  });

  it('knows Quay by its URL, and reads all tags', async () => {
    const { id, secret } = await endpointOf('quay', 'https://quay.io');
    expect(await deliver(`${id}/${secret}`, quay)).toEqual({
      status: 202,
      events: [pushed, { ...pushed, tag: 'latest' }],
    });
    expect((await deliver(`${id}/no`, quay)).status).toBe(401);
    expect((await deliver(id, quay)).status).toBe(401);
  });

  it('takes both ways of GitLab', async () => {
    const { id, secret } = await endpointOf(
      'gitlab',
      'https://registry.gitlab.com',
    );
    const bearer = { authorization: `Bearer ${secret}` };
    const ok = { status: 202, events: [pushed] };
    expect(
      await deliver(id, notification, {
        ...bearer,
        'content-type': 'application/vnd.docker.distribution.events.v2+json',
      }),
    ).toEqual(ok);
    const structured = JSON.stringify(cloudEvent);
    const type = { 'content-type': 'application/cloudevents+json' };
    expect(await deliver(id, structured, { ...type, ...bearer })).toEqual(ok);
    expect(
      await deliver(id, structured, {
        ...type,
        'X-Signature': signature(secret, structured),
      }),
    ).toEqual(ok);
    expect(
      await deliver(id, JSON.stringify([cloudEvent]), {
        'content-type': 'application/cloudevents-batch+json',
        ...bearer,
      }),
    ).toEqual(ok);
    expect(
      await deliver(id, JSON.stringify(cloudEvent.data), {
        'ce-specversion': '1.0',
        'ce-type': cloudEvent.type,
        ...bearer,
      }),
    ).toEqual(ok);
    expect(
      (
        await deliver(id, structured, {
          ...type,
          'X-Signature': signature('another', structured),
        })
      ).status,
    ).toBe(401);
  });
});
