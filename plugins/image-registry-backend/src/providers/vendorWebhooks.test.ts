import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { as } from '../testing/people';
import { Portal, startPortal } from '../testing/startPortal';

const [database] = eachDatabase();
const digest = 'e5'.repeat(32);
const json = { 'content-type': 'application/json' };

const jfrog = JSON.stringify({
  domain: 'docker',
  event_type: 'pushed',
  data: {
    repo_key: 'docker-local',
    image_name: 'shop/web',
    tag: 'v1',
    sha256: digest,
  },
});
const nexus = JSON.stringify({
  action: 'CREATED',
  repositoryName: 'docker-hosted',
  component: { format: 'docker', name: 'shop/web', version: 'v1' },
});
const azure = JSON.stringify({
  action: 'push',
  target: { repository: 'shop/web', tag: 'v1', digest: `sha256:${digest}` },
});

const signature = (algorithm: string, secret: string, body: string) =>
  createHmac(algorithm, secret).update(body).digest('hex');

describe('webhooks of vendors, through the public route', () => {
  let knex: Knex;
  let portal: Portal;

  beforeAll(async () => {
    knex = await database.create();
    portal = await startPortal({ knex });
  });
  afterAll(() => portal.stop());

  async function endpointOf(registry: object) {
    const made = async (path: string, body: object) => {
      const answer = await portal.call('POST', path, as('admin'), body);
      expect({ path, status: answer.status, body: answer.body }).toMatchObject({
        path,
        status: 201,
      });
      return answer.body;
    };
    const { id } = await made('/registries', registry);
    const { endpoint, secret } = await made(
      `/registries/${id}/webhook-endpoints`,
      { name: 'push' },
    );
    return { id: endpoint.id as string, secret: secret as string };
  }

  async function deliver(
    path: string,
    body: string | Buffer,
    headers: Record<string, string>,
  ) {
    const response = await fetch(`${portal.base}/webhooks/${path}`, {
      method: 'POST',
      headers: { ...json, ...headers },
      body,
    });
    const text = await response.text();
    const { deliveryId } = response.status === 202 ? JSON.parse(text) : {};
    const events = await knex('image_events').where({
      delivery_id: deliveryId ?? '',
    });
    return {
      status: response.status,
      text,
      events: events.map(({ kind, repository, tag }) => ({
        kind,
        repository,
        tag,
      })),
    };
  }

  it('takes what the JFrog Platform signs, or only names the secret of', async () => {
    const { id, secret } = await endpointOf({
      name: 'artifactory',
      provider: 'jfrog',
      address: 'https://acme.jfrog.io',
    });
    const event = {
      kind: 'push',
      repository: 'docker-local/shop/web',
      tag: 'v1',
    };
    for (const header of [signature('sha256', secret, jfrog), secret]) {
      expect(
        await deliver(id, jfrog, { 'X-JFrog-Event-Auth': header }),
      ).toMatchObject({ status: 202, events: [event] });
    }
    for (const header of [signature('sha256', 'another', jfrog), 'no', '']) {
      expect(
        await deliver(id, jfrog, { 'X-JFrog-Event-Auth': header }),
      ).toMatchObject({ status: 401, events: [] });
    }
  });

  it('takes what Nexus signs', async () => {
    const { id, secret } = await endpointOf({
      name: 'nexus',
      provider: 'nexus',
      address: 'https://nexus.example.com:5000',
      options: { repositoryName: 'docker-hosted' },
    });
    const header = 'X-Nexus-Webhook-Signature';
    expect(
      await deliver(id, nexus, { [header]: signature('sha1', secret, nexus) }),
    ).toMatchObject({
      status: 202,
      events: [{ kind: 'push', repository: 'shop/web', tag: 'v1' }],
    });
    const other = `${nexus} `;
    expect(
      await deliver(id, other, { [header]: signature('sha1', secret, nexus) }),
    ).toMatchObject({ status: 401 });
  });

  it('takes what is compressed, with a charset and a byte order mark', async () => {
    const { id, secret } = await endpointOf({
      name: 'azure behind a proxy',
      provider: 'azure-acr',
      address: 'https://acme.azurecr.io',
    });
    expect(
      await deliver(id, gzipSync(`\ufeff${azure}`), {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json; charset=UTF-8',
        'content-encoding': 'gzip',
      }),
    ).toMatchObject({
      status: 202,
      events: [{ kind: 'push', repository: 'shop/web', tag: 'v1' }],
    });
  });

  it("takes what Azure sends, and answers Event Grid's validation", async () => {
    const { id, secret } = await endpointOf({
      name: 'azure',
      provider: 'azure-acr',
      address: 'https://acme.azurecr.io',
    });
    expect(
      await deliver(id, azure, { authorization: `Bearer ${secret}` }),
    ).toMatchObject({
      status: 202,
      events: [{ kind: 'push', repository: 'shop/web', tag: 'v1' }],
    });
    const validation = JSON.stringify([
      {
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
        data: { validationCode: 'a-code' },
      },
    ]);
    expect(await deliver(`${id}/${secret}`, validation, {})).toMatchObject({
      status: 200,
      text: '{"validationResponse":"a-code"}',
    });
    expect(await deliver(`${id}/no`, validation, {})).toMatchObject({
      status: 401,
    });
  });

  it('names an image after the way that its registry is reached', async () => {
    const bySubdomain = await endpointOf({
      name: 'artifactory by subdomain',
      provider: 'jfrog',
      address: 'https://docker-local.example.com',
      options: { accessMethod: 'subdomain' },
    });
    expect(
      await deliver(bySubdomain.id, jfrog, {
        'X-JFrog-Event-Auth': bySubdomain.secret,
      }),
    ).toMatchObject({ events: [{ kind: 'push', repository: 'shop/web' }] });
    const byPath = await endpointOf({
      name: 'nexus by path',
      provider: 'nexus',
      address: 'https://nexus.example.com',
      options: { routing: 'path' },
    });
    expect(
      await deliver(`${byPath.id}/${byPath.secret}`, nexus, {}),
    ).toMatchObject({
      events: [{ kind: 'push', repository: 'docker-hosted/shop/web' }],
    });
  });

  it('lets Event Grid deliver CloudEvents, which it asks for first', async () => {
    const { id, secret } = await endpointOf({
      name: 'azure with events',
      provider: 'azure-acr',
      address: 'https://acme.azurecr.io',
    });
    const ask = (path: string) =>
      fetch(`${portal.base}/webhooks/${path}`, {
        method: 'OPTIONS',
        headers: { 'WebHook-Request-Origin': 'eventgrid.azure.net' },
      });
    const allowed = await ask(`${id}/${secret}`);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('webhook-allowed-origin')).toBe(
      'eventgrid.azure.net',
    );
    const refused = await ask(`${id}/no`);
    expect(refused.status).toBe(401);
    expect(refused.headers.has('webhook-allowed-origin')).toBe(false);
  });
});
