import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';
import {
  createAddressGuard,
  RegistryError,
  RegistryProvider,
  VendorSignature,
  WebhookFormat,
  WebhookKeySource,
} from '@slipway/backstage-plugin-image-registry-node';
import express from 'express';
import { Knex } from 'knex';
import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { createDistributionProvider } from '../providers';
import { sqlite } from '../testing';
import { testRegistries } from '../testing/registries';
import { secretKeys } from '../testing/secretKeys';
import { createInbox } from './createInbox';
import { EndpointStore } from './EndpointStore';

const database = sqlite();
const KEY_URL = 'https://vendor.example.com/signing-key.pem';
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:pushes';
const AUDIENCE = 'backstage-image-registry';
/** Holds a token, as the address does by which a subscription is confirmed. */
const CONFIRM = 'https://vendor.example.com/?Action=Confirm&Token=0123456789';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
});
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const sign = (text: string, key = privateKey) =>
  createSign('RSA-SHA256').update(text).sign(key, 'base64url');

async function verify(
  text: string,
  signature: string,
  keys: WebhookKeySource,
): Promise<void> {
  const key = await keys.read(KEY_URL);
  const verifier = createVerify('RSA-SHA256').update(text);
  if (!verifier.verify(key, signature, 'base64url')) {
    throw new AuthenticationError('The signature does not match');
  }
}

/** In the body, as messages of Amazon SNS are signed. */
const bodySignature: VendorSignature = {
  type: 'signed',
  requires: ['topicArn'],
  async verify({ body }, { topicArn }, keys) {
    const { message, signature, topic } = JSON.parse(body.toString());
    if (topic !== topicArn) {
      throw new AuthenticationError(`The message is not of ${topicArn}`);
    }
    await verify(`${topic}\n${message}`, signature, keys);
  },
};

/** In the header, as the ID token of a Pub/Sub subscription is. */
const tokenSignature: VendorSignature = {
  type: 'signed',
  requires: ['audience'],
  async verify({ headers }, { audience }, keys) {
    const [, claims = '', signature = ''] =
      /^Bearer ([^.]+)\.([^.]+)$/.exec(headers.authorization ?? '') ?? [];
    await verify(claims, signature, keys);
    if (Buffer.from(claims, 'base64url').toString() !== audience) {
      throw new AuthenticationError(`The audience is not ${audience}`);
    }
  },
};

function provider(id: string, signature: VendorSignature): RegistryProvider {
  const { descriptor, connect } = createDistributionProvider();
  const webhook: WebhookFormat = {
    authentication: [{ type: 'url' }, signature],
    contentTypes: ['application/json'],
    receive({ body }) {
      const { message } = JSON.parse(body.toString());
      return message === 'confirm'
        ? {
            format: id,
            respond: { status: 200, body: 'Confirmed.' },
            followUp: { url: CONFIRM },
          }
        : { format: id, events: [{ kind: 'test' }] };
    },
  };
  return { descriptor: { ...descriptor, id, title: id }, connect, webhook };
}

const kinds = {
  body: {
    settings: { topicArn: TOPIC },
    call: (message: string, options: { key?: typeof privateKey } = {}) => ({
      headers: {},
      body: {
        topic: TOPIC,
        message,
        signature: sign(`${TOPIC}\n${message}`, options.key),
      },
    }),
  },
  token: {
    settings: { audience: AUDIENCE },
    call: (message: string, options: { key?: typeof privateKey } = {}) => {
      const claims = Buffer.from(AUDIENCE).toString('base64url');
      return {
        headers: {
          authorization: `Bearer ${claims}.${sign(claims, options.key)}`,
        },
        body: { message },
      };
    },
  },
};

describe.each(['body', 'token'] as const)(
  'a call that its vendor signs in the %s, through the public route',
  kind => {
    const { call, settings } = kinds[kind];
    const read = jest.fn<Promise<string>, [string]>();
    let knex: Knex;
    let server: Server;
    let endpoint: { id: string; secret: string };

    beforeAll(async () => {
      knex = await database.create();
      const { registries, access, authorized } = await testRegistries({
        knex,
        providers: [
          provider('body', bodySignature),
          provider('token', tokenSignature),
        ],
        imageRegistry: {
          registries: {
            local: { provider: kind, address: 'https://registry.example.com' },
          },
        },
      });
      const inbox = await createInbox({
        knex,
        access,
        authorized,
        auditor: mockServices.auditor.mock(),
        config: mockServices.rootConfig(),
        discovery: mockServices.discovery(),
        logger: mockServices.logger.mock(),
        timeAnswers: (_request, _response, next) => next(),
        // Nobody listens there: what is called back later is not reached.
        outgoing: {
          guard: createAddressGuard({ allowedLoopback: ['127.0.0.1'] }),
          proxy: { url: 'http://127.0.0.1:1' },
        },
        registries: registries.service,
        scheduler: mockServices.scheduler.mock(),
        vault: registries.vault,
        keys: { read },
        publish: () => undefined,
      });
      const made = await EndpointStore.create({
        knex,
        keys: secretKeys(knex),
      }).create({
        registryId: 'local',
        name: 'pushes',
        settings,
        createdBy: 'user:default/admin',
      });
      endpoint = { id: made.endpoint.id, secret: made.secret };
      const app = express();
      app.use(inbox.webhookRouter);
      app.use(mockErrorHandler());
      server = createServer(app);
      await new Promise<void>(done => {
        server.listen(0, '127.0.0.1', done);
      });
    });

    beforeEach(async () => {
      read.mockReset().mockResolvedValue(pem);
      await knex('webhook_follow_ups').delete();
      await knex('deliveries').delete();
    });

    afterAll(() => {
      server.close();
    });

    async function send(
      { headers, body }: { headers: object; body: object },
      secret: string = endpoint.secret,
    ) {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(
        `http://127.0.0.1:${port}/webhooks/${endpoint.id}/${secret}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        },
      );
      return { status: response.status, text: await response.text() };
    }

    const stored = async () => ({
      deliveries: await knex('deliveries'),
      followUps: await knex('webhook_follow_ups'),
    });

    it('is taken', async () => {
      expect((await send(call('pushed'))).status).toBe(202);
      expect(read).toHaveBeenCalledWith(KEY_URL);
      expect(await stored()).toMatchObject({
        deliveries: [{ format: kind }],
        followUps: [],
      });
    });

    it('is refused when somebody else signed it', async () => {
      const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const answer = await send(call('confirm', { key: stranger.privateKey }));
      expect(answer.status).toBe(401);
      expect(answer.text).toContain('The signature does not match');
      expect(await stored()).toEqual({ deliveries: [], followUps: [] });
    });

    it('is refused without the secret, and no key is read for it', async () => {
      expect((await send(call('confirm'), 'not-the-secret')).status).toBe(401);
      expect(read).not.toHaveBeenCalled();
      expect(await stored()).toEqual({ deliveries: [], followUps: [] });
    });

    it('shall come again when the key cannot be read now', async () => {
      read.mockRejectedValue(new RegistryError('timeout', 'No answer'));
      const answer = await send(call('confirm'));
      expect(answer.status).toBe(503);
      expect(answer.text).toContain('cannot be verified now');
      expect(await stored()).toEqual({ deliveries: [], followUps: [] });
      read.mockResolvedValue(pem);
      expect((await send(call('confirm'))).status).toBe(200);
    });

    it('has what its handshake asks for stored once, with its delivery', async () => {
      expect(await send(call('confirm'))).toEqual({
        status: 200,
        text: 'Confirmed.',
      });
      const { deliveries, followUps } = await stored();
      expect(deliveries).toHaveLength(1);
      expect(followUps).toEqual([
        expect.objectContaining({
          delivery_id: deliveries[0].id,
          state: 'pending',
          url: CONFIRM,
        }),
      ]);
    });
  },
);
