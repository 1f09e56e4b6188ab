import { mockServices } from '@backstage/backend-test-utils';
import { WorkLoop, WorkLoopOptions } from './WorkLoop';

const LONG_MS = 60_000;

describe('WorkLoop', () => {
  const logger = mockServices.logger.mock();
  let loop: WorkLoop;

  beforeEach(() => {
    jest.useFakeTimers();
    logger.warn.mockClear();
  });

  afterEach(async () => {
    await loop.stop();
    jest.useRealTimers();
  });

  const looping = (
    round: () => Promise<void>,
    change: Partial<Pick<WorkLoopOptions, 'pace' | 'pollMs' | 'prepare'>> = {},
  ) => {
    loop = new WorkLoop({
      name: 'Looker',
      logger,
      pollMs: LONG_MS,
      round,
      ...change,
    });
    return loop;
  };

  /** Lets everything run that waits for no timer. */
  const settle = () => jest.advanceTimersByTimeAsync(0);

  it('looks when it is started, and at once when it is woken', async () => {
    const round = jest.fn(async () => {});
    looping(round).start();
    await settle();
    expect(round).toHaveBeenCalledTimes(1);
    loop.wake();
    await settle();
    expect(round).toHaveBeenCalledTimes(2);
  });

  it('looks every so often when nobody wakes it', async () => {
    const round = jest.fn(async () => {});
    looping(round, { pollMs: 1000 }).start();
    await jest.advanceTimersByTimeAsync(999);
    expect(round).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(2001);
    expect(round).toHaveBeenCalledTimes(4);
  });

  it('looks at once when seldom woken, and every so often when often woken', async () => {
    const round = jest.fn(async () => {});
    looping(round, { pace: { leastMs: 20, share: 0.2 } }).start();
    await jest.advanceTimersByTimeAsync(100);
    loop.wake();
    await settle();
    expect(round).toHaveBeenCalledTimes(2);
    for (let ms = 0; ms < 100; ms++) {
      loop.wake();
      await jest.advanceTimersByTimeAsync(1);
    }
    expect(round).toHaveBeenCalledTimes(7);
    await jest.advanceTimersByTimeAsync(1000);
    expect(round).toHaveBeenCalledTimes(7);
  });

  it('rests the longer, the longer a round took', async () => {
    const round = jest.fn(async () => {
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    });
    looping(round, { pace: { leastMs: 20, share: 0.2 } }).start();
    for (let ms = 0; ms < 499; ms++) {
      loop.wake();
      await jest.advanceTimersByTimeAsync(1);
    }
    expect(round).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(2);
    expect(round).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(200);
  });

  it('never runs two rounds at a time, and forgets no call', async () => {
    let running = 0;
    let most = 0;
    const ends: Array<() => void> = [];
    const round = jest.fn(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>(resolve => {
        ends.push(resolve);
      });
      running -= 1;
    });
    looping(round).start();
    loop.start();
    await settle();
    loop.wake();
    loop.wake();
    await settle();
    expect(round).toHaveBeenCalledTimes(1);
    ends[0]();
    await settle();
    expect(round).toHaveBeenCalledTimes(2);
    ends[1]();
    await settle();
    expect([round.mock.calls.length, most]).toEqual([2, 1]);
  });

  it('goes on after failures, later each time, whoever wakes it', async () => {
    let fails = true;
    const round = jest.fn(async () => {
      if (fails) {
        throw new Error('The database is away');
      }
    });
    looping(round, { pollMs: 1000 }).start();
    await settle();
    loop.wake();
    await jest.advanceTimersByTimeAsync(999);
    expect(round).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      'Looker: Error: The database is away',
    );
    await jest.advanceTimersByTimeAsync(1);
    expect(round).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(1999);
    expect(round).toHaveBeenCalledTimes(2);
    fails = false;
    await jest.advanceTimersByTimeAsync(1);
    expect(round).toHaveBeenCalledTimes(3);
    loop.wake();
    await settle();
    expect(round).toHaveBeenCalledTimes(4);
  });

  it('waits half a minute at most', async () => {
    const round = jest.fn(async () => {
      throw new Error('The database is away');
    });
    looping(round, { pollMs: 1000 }).start();
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    const before = round.mock.calls.length;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(round.mock.calls.length - before).toBe(2);
  });

  it('prepares once, before the first round, and looks also when that failed', async () => {
    const steps: string[] = [];
    looping(
      async () => {
        steps.push('round');
      },
      {
        async prepare() {
          steps.push('prepare');
          throw new Error('No');
        },
      },
    ).start();
    await settle();
    expect(steps).toEqual(['prepare', 'round']);
  });

  it('ends with the round that is under way, and its wait at once', async () => {
    let end = () => {};
    const round = jest.fn(
      () =>
        new Promise<void>(resolve => {
          end = resolve;
        }),
    );
    looping(round).start();
    await settle();
    let stopped = false;
    const stopping = loop.stop().then(() => {
      stopped = true;
    });
    await settle();
    expect([loop.stopping, stopped]).toEqual([true, false]);
    end();
    await stopping;
    loop.wake();
    await settle();
    expect(round).toHaveBeenCalledTimes(1);
  });
});
