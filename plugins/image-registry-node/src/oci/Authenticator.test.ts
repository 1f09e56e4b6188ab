import { TestServer } from '../__testUtils__/TestServer';
import { testOciClient } from '../__testUtils__/testConnection';
import { ExpiringLogin } from './ExpiringLogin';

describe('a token that a temporary login is refused', () => {
  let server: TestServer;
  let statuses: number[];

  beforeEach(async () => {
    statuses = [];
    server = await TestServer.start(({ url, headers }) => {
      if (url.pathname === '/token') {
        const status = statuses.shift() ?? 200;
        return { status, body: status === 200 ? { token: 'good' } : {} };
      }
      return headers.authorization === 'Bearer good'
        ? { body: { name: 'demo/web', tags: ['v1'] } }
        : {
            status: 401,
            headers: {
              'www-authenticate': 'Bearer realm="/token",service="registry"',
            },
          };
    });
  });

  afterEach(() => server.stop());

  function connect() {
    let issued = 0;
    const fetch = jest.fn(async () => {
      issued += 1;
      return { username: 'AWS', password: `password-${issued}` };
    });
    const client = testOciClient(server.urlOf('registry.test'), {
      login: new ExpiringLogin(fetch),
    });
    return { client, fetch };
  }

  it('is asked for with the next login when it is not known', async () => {
    statuses = [401];
    const { client, fetch } = connect();
    expect((await client.listTags('demo/web')).items).toEqual(['v1']);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it.each([
    [403, 'forbidden'],
    [404, 'not-found'],
    [400, 'invalid-response'],
  ])('with %d costs no other login', async (status, code) => {
    statuses = Array(20).fill(status);
    const { client, fetch } = connect();
    await expect(client.listTags('demo/web')).rejects.toMatchObject({ code });
    await expect(client.listTags('demo/web')).rejects.toMatchObject({ code });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
