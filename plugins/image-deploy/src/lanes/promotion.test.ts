import {
  createEnvironment,
  createTarget,
  digestOf,
} from '../__testUtils__/fixtures';
import { promotionTo } from './promotion';

const environments = [
  createEnvironment('test', 1),
  createEnvironment('staging', 2),
  createEnvironment('production', 3),
];

const production = createTarget({
  environment: 'production',
  ref: { namespace: 'shop-production' },
  digest: digestOf('a'),
});

const inStaging = (change: Parameters<typeof createTarget>[0] = {}) =>
  createTarget({ digest: digestOf('b'), tag: 'v1.3.0', ...change });

describe('promotionTo', () => {
  it.each([
    ['what runs to the left', [inStaging()], 'v1.3.0'],
    [
      'of the nearest environment',
      [inStaging({ environment: 'test', tag: 'v9' }), inStaging()],
      'v1.3.0',
    ],
    [
      'nothing when the nearest runs the same',
      [
        inStaging({ environment: 'test' }),
        inStaging({ digest: digestOf('a') }),
      ],
      undefined,
    ],
    [
      'nothing that is not healthy',
      [inStaging({ health: 'Degraded' })],
      undefined,
    ],
    [
      'nothing of two that differ',
      [
        inStaging(),
        inStaging({ ref: { cluster: 'us' }, digest: digestOf('c') }),
      ],
      undefined,
    ],
    [
      'nothing of another repository',
      [inStaging({ repository: 'apps/worker' })],
      undefined,
    ],
    [
      'nothing of another container',
      [inStaging({ ref: { container: 'proxy' } })],
      undefined,
    ],
    [
      'nothing of what is in no environment',
      [inStaging({ environment: undefined })],
      undefined,
    ],
  ])('offers %s', (_, others, tag) => {
    const items = [...others, production];
    expect(promotionTo(production, { items, environments })?.image.tag).toBe(
      tag,
    );
  });
});
