import { nestedReason, nestReason, Reason } from './reason';

const inner: Reason = {
  code: 'push-version-higher',
  message: 'v2 is a higher version than v1',
  params: { tag: 'v2', head: 'v1' },
};

describe('a reason within a reason', () => {
  it('is a sentence beside its code and values', () => {
    expect({ tag: 'v2', ...nestReason('why', inner) }).toEqual({
      tag: 'v2',
      why: inner.message,
      'why.code': 'push-version-higher',
      'why.tag': 'v2',
      'why.head': 'v1',
    });
  });

  it('is found again, and one within it', () => {
    const outer: Reason = {
      code: 'policy-deploys',
      message: 'Deploys v2',
      params: { tag: 'v2', ...nestReason('why', inner) },
    };
    const found = nestedReason('first', nestReason('first', outer));
    expect(found).toEqual(outer);
    expect(nestedReason('why', found?.params ?? {})).toEqual(inner);
  });

  it('is not seen in a plain value', () => {
    expect(nestedReason('why', { why: 'because' })).toBeUndefined();
  });
});
