import { RegistryTraffic } from './RegistryTraffic';

describe('RegistryTraffic', () => {
  const limits = (limit: number, remaining: number) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
  });

  it('shares a lane by registry and credential', () => {
    const traffic = RegistryTraffic.create();
    expect(traffic.lane('a', 'x')).toBe(traffic.lane('a', 'x'));
    expect(traffic.lane('a', 'y')).not.toBe(traffic.lane('a', 'x'));
    expect(traffic.lane('b', 'x')).not.toBe(traffic.lane('a', 'x'));
  });

  it('shows what the registry itself allows', () => {
    const lane = RegistryTraffic.create().lane('a');
    expect(lane.snapshot('registry')).toEqual({});
    lane.budgetOf('api').learn(200, limits(60, 1));
    lane.budgetOf('registry').learn(200, limits(100, 90));
    expect(lane.snapshot('registry')).toMatchObject({ remaining: 90 });
  });

  it('shows the tightest of the other hosts where the registry is silent', () => {
    const lane = RegistryTraffic.create().lane('a');
    lane.budgetOf('registry').learn(200, {});
    lane.budgetOf('roomy').learn(200, limits(10, 9));
    lane.budgetOf('tight').learn(200, limits(5_000, 50));
    expect(lane.snapshot('registry')).toMatchObject({ limit: 5_000 });
    lane.budgetOf('waiting').learn(429, { 'retry-after': '60' });
    expect(lane.snapshot('registry')).toMatchObject({
      retryAt: expect.any(String),
    });
  });

  it('keeps the budgets of the hosts that were used last', () => {
    const lane = RegistryTraffic.create().lane('a');
    const first = lane.budgetOf('registry');
    const second = lane.budgetOf('unused');
    for (let host = 1; host <= 49; host += 1) {
      lane.budgetOf(`storage-${host}`);
      expect(lane.budgetOf('registry')).toBe(first);
    }
    expect(lane.budgetOf('unused')).not.toBe(second);
  });
});
