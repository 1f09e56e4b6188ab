import { mockServices } from '@backstage/backend-test-utils';
import { RefusalCounter } from './RefusalCounter';

const none = { code: 'webhook-secret-missing', message: 'None' };
const wrong = { code: 'webhook-secret-wrong', message: 'Wrong' };

describe('RefusalCounter', () => {
  const refused = jest.fn(async () => {});
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
  });
  afterEach(() => jest.useRealTimers());

  it('writes the first at once and all others of a second together', () => {
    const counter = new RefusalCounter({ refused }, logger);
    counter.note('a', none);
    for (let call = 0; call < 1000; call++) {
      counter.note('a', wrong);
    }
    counter.note('b', none);
    expect(refused.mock.calls).toEqual([
      ['a', none, 1],
      ['b', none, 1],
    ]);
    jest.advanceTimersByTime(1000);
    expect(refused.mock.calls.slice(2)).toEqual([['a', wrong, 1000]]);
    jest.advanceTimersByTime(10_000);
    expect(refused).toHaveBeenCalledTimes(3);
    counter.note('a', wrong);
    expect(refused).toHaveBeenCalledTimes(4);
  });

  it('outlives a database that is away', async () => {
    refused.mockRejectedValueOnce(new Error('gone'));
    new RefusalCounter({ refused }, logger).note('a', none);
    await jest.advanceTimersByTimeAsync(1000);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('gone'));
  });
});
