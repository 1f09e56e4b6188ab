import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { as } from '../testing/people';
import { Portal, startPortal } from '../testing/startPortal';
import { harborPayloads } from './harbor/__fixtures__/payloads';

const [database] = eachDatabase();

/** What Docker Registry sent to a listener of ours. */
const captured = path.join(__dirname, 'distribution', '__fixtures__');

const web = { repository: 'team/app', tag: '1.0.0' };
const chart = { repository: 'team/charts/web', tag: '0.3.1' };

/** By the name of the capture. */
const capturedEvents: Readonly<Record<string, object>> = {
  'v2.8-push-tag.json': { kind: 'push', ...web },
  'v2.8-delete-manifest.json': { kind: 'delete' },
  'v2.8-delete-manifest-implied-tag.json': { kind: 'delete', ...chart },
  'v3-push-tag.json': { kind: 'push', ...web },
  'v3-push-digest-only.json': {
    kind: 'push',
    repository: 'team/app',
    tag: null,
  },
  'v3-push-blob.json': { kind: 'blob', repository: 'team/app' },
  'v3-push-helm-chart.json': { kind: 'chart', ...chart },
  'v3-pull-tag.json': { kind: 'pull', ...web },
  'v3-delete-tag.json': { kind: 'delete', tag: 'latest' },
  'v3-delete-manifest.json': { kind: 'delete', repository: 'team/app' },
  'v3-delete-blob.json': { kind: 'delete', repository: 'team/copy' },
};

/** By the beginning of the payload's name. */
const harborKinds: Readonly<Record<string, string>> = {
  push: 'push',
  pull: 'pull',
  delete: 'delete',
  scan: 'scan',
  quota: 'other',
  replication: 'other',
  tag: 'other',
};

describe('webhooks of registries, through the public route', () => {
  let knex: Knex;
  let portal: Portal;

  beforeAll(async () => {
    knex = await database.create();
    portal = await startPortal({ knex });
  });
  afterAll(() => portal.stop());

  async function endpointOf(provider: string, address: string) {
    const made = async (route: string, body: object) => {
      const answer = await portal.call('POST', route, as('admin'), body);
      expect({ route, status: answer.status }).toEqual({ route, status: 201 });
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
    route: string,
    body: string,
    headers: Record<string, string>,
  ) {
    const response = await fetch(`${portal.base}/webhooks/${route}`, {
      method: 'POST',
      headers,
      body,
    });
    const text = await response.text();
    const { deliveryId = '' } = response.status === 202 ? JSON.parse(text) : {};
    return {
      status: response.status,
      events: await knex('image_events').where({ delivery_id: deliveryId }),
    };
  }

  it('takes everything that Harbor sends, in either format', async () => {
    const { id, secret } = await endpointOf(
      'harbor',
      'https://harbor.example.com',
    );
    for (const [name, payload] of Object.entries(harborPayloads)) {
      const answer = await deliver(id, JSON.stringify(payload), {
        authorization: name.endsWith('-default') ? secret : `Bearer ${secret}`,
        'content-type': name.endsWith('-cloudevents')
          ? 'application/cloudevents+json'
          : 'application/json',
      });
      const kind = harborKinds[name.split('-', 1)[0]];
      expect({ name, ...answer }).toMatchObject({
        name,
        status: 202,
        events: [{ kind }],
      });
    }
    const refused = JSON.stringify(harborPayloads['push-tag']);
    const wrong = { authorization: 'Bearer not-the-secret' };
    expect(
      await deliver(id, refused, {
        ...wrong,
        'content-type': 'application/json',
      }),
    ).toMatchObject({ status: 401, events: [] });
  });

  it('takes a push of Docker Hub by the secret in the URL alone', async () => {
    const { id, secret } = await endpointOf('docker-hub', 'docker.io');
    const push = JSON.stringify({
      push_data: { pushed_at: 1417566161, pusher: 'ada', tag: 'v1' },
      repository: { repo_name: 'acme/web' },
    });
    const json = { 'content-type': 'application/json' };
    expect(await deliver(`${id}/${secret}`, push, json)).toMatchObject({
      status: 202,
      events: [{ kind: 'push', repository: 'acme/web', tag: 'v1' }],
    });
    expect(
      await deliver(id, push, { ...json, authorization: `Bearer ${secret}` }),
    ).toMatchObject({ status: 401, events: [] });
  });

  it('takes everything that Docker Registry was seen to send', async () => {
    const { id, secret } = await endpointOf(
      'distribution',
      'https://registry.example.com',
    );
    const files = readdirSync(captured).filter(file => file.endsWith('.json'));
    expect(files.sort()).toEqual(Object.keys(capturedEvents).sort());
    for (const file of files) {
      const answer = await deliver(
        id,
        readFileSync(path.join(captured, file), 'utf8'),
        {
          authorization: `Bearer ${secret}`,
          'content-type': `application/vnd.docker.distribution.events.${
            file.startsWith('v2.8') ? 'v1' : 'v2'
          }+json`,
        },
      );
      expect({ file, ...answer }).toMatchObject({
        file,
        status: 202,
        events: [capturedEvents[file]],
      });
    }
  });
});
