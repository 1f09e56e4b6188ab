import { Protection } from '@slipway/backstage-plugin-image-registry-common';
import { cleanProtection } from './cleanProtection';

describe('cleanProtection', () => {
  it.each<[Protection, Protection]>([
    [{}, {}],
    [{ gates: {}, health: { rollBack: undefined } }, {}],
    [{ windows: [], approvals: undefined }, {}],
    [
      { gates: { minimumAgeMs: 1 }, emergencyGroup: 'group:default/on-call' },
      { gates: { minimumAgeMs: 1 }, emergencyGroup: 'group:default/on-call' },
    ],
  ])('%j is %j', (protection, cleaned) => {
    expect(cleanProtection(protection)).toEqual(cleaned);
  });
});
