import { RequestPriority } from '../provider/RegistryProvider';
import { RequestLimiter } from './RequestLimiter';

const soon = () => new Promise(resolve => setImmediate(resolve));

describe('RequestLimiter', () => {
  it('starts the most urgent first, and keeps a place from background work', async () => {
    const limiter = new RequestLimiter(2);
    const started: string[] = [];
    const releases: Array<() => void> = [];
    const begin = (name: string, priority: RequestPriority) =>
      limiter.acquire(priority).then(release => {
        started.push(name);
        releases.push(release);
      });
    void begin('poll 1', 'background');
    void begin('poll 2', 'background');
    await soon();
    expect(started).toEqual(['poll 1']);
    void begin('click 1', 'interactive');
    void begin('push', 'webhook');
    void begin('click 2', 'interactive');
    await soon();
    expect(started).toEqual(['poll 1', 'click 1']);
    while (started.length < 5) {
      releases.shift()?.();
      await soon();
    }
    expect(started).toEqual(['poll 1', 'click 1', 'click 2', 'push', 'poll 2']);
  });

  it('lets background work run when there is one place only', async () => {
    const limiter = new RequestLimiter(1);
    await expect(limiter.acquire('background')).resolves.toBeInstanceOf(
      Function,
    );
  });

  it('forgets who gives up waiting, and counts a place once', async () => {
    const limiter = new RequestLimiter(1);
    const release = await limiter.acquire('interactive');
    const abort = new AbortController();
    const waiting = limiter.acquire('interactive', abort.signal);
    abort.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    release();
    release();
    const again = await limiter.acquire('interactive');
    let second = false;
    void limiter.acquire('interactive').then(() => {
      second = true;
    });
    await soon();
    expect(second).toBe(false);
    again();
    await soon();
    expect(second).toBe(true);
  });
});
