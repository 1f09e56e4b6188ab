import { RegistryHttp } from '@slipway/backstage-plugin-image-registry-node';
import { WebhookKeys } from './WebhookKeys';

const url = 'https://www.googleapis.com/oauth2/v3/certs';

function start(answers: Array<string | Error>) {
  const request = jest.fn(async () => {
    const next = answers.shift() ?? 'no more';
    if (next instanceof Error) {
      throw next;
    }
    return { body: Buffer.from(next) };
  });
  const http = { request } as unknown as RegistryHttp;
  return {
    request,
    keys: new WebhookKeys({ http }),
  };
}

describe('WebhookKeys', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('reads a key once an hour, for all who ask', async () => {
    const { keys, request } = start(['one', 'two']);
    expect(await Promise.all([keys.read(url), keys.read(url)])).toEqual([
      'one',
      'one',
    ]);
    jest.advanceTimersByTime(59 * 60_000);
    expect(await keys.read(url)).toBe('one');
    jest.advanceTimersByTime(2 * 60_000);
    expect(await keys.read(url)).toBe('two');
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('reads again when a key is new, but not at the pace of a flood', async () => {
    const { keys, request } = start(['one', 'two']);
    await keys.read(url);
    expect(await keys.read(url, { refresh: true })).toBe('one');
    jest.advanceTimersByTime(31_000);
    expect(await keys.read(url, { refresh: true })).toBe('two');
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('keeps no failure', async () => {
    const { keys } = start([new Error('down'), 'one']);
    await expect(keys.read(url)).rejects.toThrow('down');
    expect(await keys.read(url)).toBe('one');
  });

  it('reads over https only', async () => {
    const { keys, request } = start(['one']);
    await expect(keys.read('http://sns.example.test/a.pem')).rejects.toThrow(
      'only read over https',
    );
    expect(request).not.toHaveBeenCalled();
  });
});
