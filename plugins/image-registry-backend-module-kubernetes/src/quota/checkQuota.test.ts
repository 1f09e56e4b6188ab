import { ClusterClient } from '../clusters';
import { checkQuota } from './checkQuota';

const place = { cluster: 'eu', namespace: 'shop' };

const quotasOf = (...specs: object[]) =>
  ({
    json: async () => ({
      metadata: {},
      items: specs.map((spec, index) => ({
        metadata: { name: `quota-${index}` },
        spec,
      })),
    }),
  } as unknown as ClusterClient);

const check = (...specs: object[]) =>
  checkQuota(quotasOf(...specs), place, { pods: '1' });

describe('checkQuota', () => {
  const full = { hard: { pods: '0' } };

  it('names the quota that has no room', async () => {
    expect(await check({ hard: { pods: '5' } }, full)).toMatchObject({
      fits: false,
      reason: { code: 'quota-exceeded', params: { quota: 'quota-1' } },
    });
  });

  it('leaves out quotas that count some pods only', async () => {
    const scopeSelector = {
      matchExpressions: [
        { scopeName: 'PriorityClass', operator: 'In', values: ['high'] },
      ],
    };
    const some = [
      { ...full, scopes: ['BestEffort'] },
      { ...full, scopeSelector },
    ];
    expect(await check(...some)).toMatchObject({ fits: true, amounts: [] });
  });
});
