import {
  backoffMs,
  parseRetryAfter,
  patienceByPriority,
  spreadMs,
} from './backoff';
import { HostBudget } from './HostBudget';

const now = Date.parse('2026-11-21T08:00:00Z');
const inAMinute = '2026-11-21T08:01:00.000Z';

describe('HostBudget', () => {
  it.each<[string, number, Record<string, string>, object]>([
    [
      'Docker Hub',
      200,
      {
        'ratelimit-limit': '100;w=21600',
        'ratelimit-remaining': '76;w=21600',
      },
      { limit: 100, remaining: 76 },
    ],
    [
      'GitLab, with seconds until the reset',
      200,
      {
        'ratelimit-limit': '2000',
        'ratelimit-remaining': '0',
        'ratelimit-reset': '60',
      },
      { limit: 2000, remaining: 0, resetsAt: inAMinute },
    ],
    [
      'GitHub, with the instant of the reset',
      200,
      {
        'x-ratelimit-limit': '60',
        'x-ratelimit-remaining': '59',
        'x-ratelimit-reset': String(now / 1000 + 60),
      },
      { limit: 60, remaining: 59, resetsAt: inAMinute },
    ],
    ['a wait', 429, { 'retry-after': '60' }, { retryAt: inAMinute }],
    ['a maintenance', 503, { 'retry-after': '60' }, { retryAt: inAMinute }],
    [
      "GitHub's secondary limit",
      403,
      { 'retry-after': '60' },
      { retryAt: inAMinute },
    ],
    [
      "Docker Hub's API, with the instant of X-Retry-After",
      429,
      { 'x-retry-after': String(now / 1000 + 60) },
      { retryAt: inAMinute },
    ],
    ['Retry-After of a success', 200, { 'retry-after': '60' }, {}],
    ['nonsense', 200, { 'ratelimit-remaining': 'many' }, {}],
  ])('learns from %s', (_name, status, headers, expected) => {
    const budget = new HostBudget();
    budget.learn(status, headers, now);
    const known = Object.entries(budget.snapshot(now)).filter(
      ([, value]) => value !== undefined,
    );
    expect(Object.fromEntries(known)).toEqual(expected);
  });

  it('holds background work back while little is left, until the reset', () => {
    const budget = new HostBudget();
    budget.learn(
      200,
      {
        'ratelimit-limit': '100',
        'ratelimit-remaining': '10',
        'ratelimit-reset': '60',
      },
      now,
    );
    expect(budget.reservedMs('background', 'GET', now)).toBe(60_000);
    expect(budget.reservedMs('background', 'HEAD', now)).toBe(0);
    expect(budget.reservedMs('webhook', 'GET', now)).toBe(0);
    expect(budget.reservedMs('background', 'GET', now + 60_000)).toBe(0);
  });

  it('forgets a wait when an answer comes', () => {
    const budget = new HostBudget();
    budget.learn(429, { 'retry-after': '60' }, now);
    expect(budget.waitMs(now)).toBe(60_000);
    budget.learn(200, {}, now);
    expect(budget.waitMs(now)).toBe(0);
  });
});

describe('a window without end', () => {
  it('is a day at most', () => {
    const budget = new HostBudget();
    const reset = '99999999999999999999';
    budget.learn(
      200,
      {
        'ratelimit-limit': '100',
        'ratelimit-remaining': '1',
        'ratelimit-reset': reset,
      },
      now,
    );
    expect(budget.reservedMs('background', 'GET', now)).toBe(86_400_000);
    expect(budget.snapshot(now).resetsAt).toMatch(/^2026-11-2/);
  });
});

describe('parseRetryAfter', () => {
  it.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    ['7', 7_000],
    ['Sat, 21 Nov 2026 08:00:10 GMT', 10_000],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
    ['99999999999999999999', 3_600_000],
    ['Sat, 21 Nov 2999 08:00:00 GMT', 3_600_000],
  ])('reads %p', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});

describe('backoffMs', () => {
  it('doubles, with jitter in the upper half, up to the longest wait', () => {
    const patience = patienceByPriority.background;
    const least = [1, 2, 3].map(retry => backoffMs(patience, retry, () => 0));
    const most = [1, 2, 3].map(retry => backoffMs(patience, retry, () => 1));
    expect(least).toEqual([250, 500, 1000]);
    expect(most).toEqual([500, 1000, 2000]);
    expect(backoffMs(patience, 30, () => 1)).toBe(patience.longestWaitMs);
  });
});

describe('spreadMs', () => {
  it.each([
    [0, 50, 500],
    [1_000, 1_050, 1_500],
    [5_000, 5_050, 5_500],
    [60_000, 60_050, 66_000],
  ])('waits for %d ms between %d and %d', (asked, least, most) => {
    expect(spreadMs(asked, () => 0)).toBe(least);
    expect(spreadMs(asked, () => 1)).toBe(most);
  });
});
