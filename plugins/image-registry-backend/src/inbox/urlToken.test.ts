import express, { ErrorRequestHandler } from 'express';
import request from 'supertest';
import { hideUrlToken, urlTokenOf } from './urlToken';

const token = 'a-token-in-the-url';

describe('hideUrlToken', () => {
  const logged: string[] = [];

  /** As the framework does: it logs and repeats the addresses of requests. */
  const repeatAddress: ErrorRequestHandler = (error, { url }, response, _) => {
    response.status(500).json({ error: String(error), url });
  };

  const app = express()
    .use((incoming, response, next) => {
      response.on('finish', () => logged.push(incoming.originalUrl));
      next();
    })
    .use(
      '/api/image-registry',
      express
        .Router()
        .use(hideUrlToken)
        .post('/webhooks/:id/:token', (incoming, response) => {
          response.json({
            id: incoming.params.id,
            token: urlTokenOf(incoming),
          });
        })
        .use(() => {
          throw new Error('No route');
        }),
    )
    .use(repeatAddress);

  beforeEach(() => {
    logged.length = 0;
  });

  const post = (path: string) =>
    request(app).post(`/api/image-registry${path}`);

  it.each([
    ['/webhooks/one/', token, token],
    ['/webhooks/one/', `${token}/`, token],
    ['/Webhooks/one/', `${token}?a=b`, token],
    ['/webhooks/one/', `${token}%2Bb`, `${token}+b`],
    ['/webhooks/one/', `${token}%E0%A4%A`, `${token}%E0%A4%A`],
  ])('hands %s%s on to the route alone', async (address, rest, expected) => {
    const { body } = await post(address + rest);
    expect(body).toEqual({ id: 'one', token: expected });
    expect(logged.join()).toContain(`/api/image-registry${address}***`);
    expect(logged.join()).not.toContain(token);
  });

  it('hides it from errors as well', async () => {
    const { body } = await post(`/webhooks/one/${token}/more`);
    const address = '/api/image-registry/webhooks/one/***/***';
    expect([body.url, ...logged]).toEqual([address, address]);
  });

  it.each(['/webhooks/one', '/registries/webhooks/one'])(
    'leaves %s as it is',
    async path => {
      const { body } = await post(path);
      expect(body.url).toBe(`/api/image-registry${path}`);
    },
  );
});
