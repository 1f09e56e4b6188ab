import { ExpiringLogin } from './ExpiringLogin';

const hour = 60 * 60 * 1000;

/** Issues `password-1`, `password-2`, … for a time. */
function issuer(lifeMs: number | undefined) {
  let issued = 0;
  const fetch = jest.fn(async () => {
    issued += 1;
    return {
      username: 'AWS',
      password: `password-${issued}`,
      ...(lifeMs !== undefined && { expiresAt: Date.now() + lifeMs }),
    };
  });
  return { fetch, login: new ExpiringLogin(fetch) };
}

describe('ExpiringLogin', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('fetches once for all who ask at the same time', async () => {
    const { fetch, login } = issuer(12 * hour);
    const [first, second] = await Promise.all([login.get(), login.get()]);
    expect(first.password).toBe('password-1');
    expect(second).toEqual(first);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it.each([
    { lifeMs: 12 * hour, held: 11.4 * hour, why: 'half an hour before' },
    { lifeMs: hour, held: 0.74 * hour, why: 'a quarter of its life before' },
  ])('is fetched again $why its end', async ({ lifeMs, held }) => {
    const { login } = issuer(lifeMs);
    await login.get();
    jest.advanceTimersByTime(held);
    expect((await login.get()).password).toBe('password-1');
    jest.advanceTimersByTime(0.2 * hour);
    expect((await login.get()).password).toBe('password-2');
  });

  it.each([
    ['has ended already by our clock', -5 * 60 * 1000],
    ['ends at once', 0],
    ['ends at no time that can be read', NaN],
  ])('is kept for a part of a minute when it %s', async (_name, lifeMs) => {
    const { fetch, login } = issuer(lifeMs);
    await login.get();
    jest.advanceTimersByTime(40_000);
    expect((await login.get()).password).toBe('password-1');
    jest.advanceTimersByTime(20_000);
    expect((await login.get()).password).toBe('password-2');
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('is kept for good when it does not end', async () => {
    const { fetch, login } = issuer(undefined);
    await login.get();
    jest.advanceTimersByTime(1000 * hour);
    await login.get();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is fetched again once it was refused, by that password only', async () => {
    const { login } = issuer(12 * hour);
    await login.get();
    login.forget('password-0');
    expect((await login.get()).password).toBe('password-1');
    login.forget('password-1');
    expect((await login.get()).password).toBe('password-2');
  });

  it('tries again after a failure', async () => {
    const fetch = jest
      .fn()
      .mockRejectedValueOnce(new Error('throttled'))
      .mockResolvedValue({ username: 'AWS', password: 'later' });
    const login = new ExpiringLogin(fetch);
    await expect(login.get()).rejects.toThrow('throttled');
    expect((await login.get()).password).toBe('later');
  });

  it('lets one who gives up go, and the others wait', async () => {
    let issue: (login: { username: string; password: string }) => void;
    const login = new ExpiringLogin(
      () =>
        new Promise(resolve => {
          issue = resolve;
        }),
    );
    const controller = new AbortController();
    const impatient = login.get({ signal: controller.signal });
    const patient = login.get();
    controller.abort(new Error('page closed'));
    issue!({ username: 'AWS', password: 'one' });
    await expect(impatient).rejects.toThrow('page closed');
    expect((await patient).password).toBe('one');
  });
});
