import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { classify } from './classify';

describe('classify', () => {
  it('takes what is no kind for another one', () => {
    // As `kinds['constructor']` of a format gives it.
    const kind = Object.prototype.constructor as unknown as ImageEvent['kind'];
    const { event, outcome, reason } = classify(
      { kind, repository: 'shop/web', tag: 'v1' },
      undefined,
    );
    expect([event.kind, outcome, reason?.code]).toEqual([
      'other',
      'ignored',
      'not-a-push',
    ]);
  });

  it.each<[Partial<ImageEvent>, string, string | undefined]>([
    [{ repository: 'shop/web', tag: 'v1' }, 'pending', undefined],
    [{ repository: 'shop/api', tag: 'v1' }, 'refused', 'not-this-endpoint'],
    [{ repository: 'shop/web' }, 'ignored', 'no-tag'],
    [{ repository: 'shop/web', tag: '../v1' }, 'ignored', 'no-tag'],
    [{ repository: 'SHOP//web', tag: 'v1' }, 'ignored', 'no-tag'],
  ])('%j', (received, outcome, code) => {
    const told = classify({ kind: 'push', ...received }, ['shop/web']);
    expect([told.outcome, told.reason?.code]).toEqual([outcome, code]);
  });
});
