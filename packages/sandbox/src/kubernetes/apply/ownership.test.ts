import { AnyObject } from '../objects';
import { kindOf } from '../resources/kinds';
import { applyConfiguration } from './ownership';

describe('an apply to an object that nobody is known to have written', () => {
  const live: AnyObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'old',
      namespace: 'shop',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: '2026-11-21T08:00:00Z',
    },
    data: { key: 'old' },
  };
  const apply = (value: string, force: boolean = false) =>
    applyConfiguration({
      resource: kindOf(live),
      live,
      applied: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'old', namespace: 'shop' },
        data: { key: value },
      },
      manager: { name: 'portal', operation: 'Apply', apiVersion: 'v1' },
      force,
      complete: object => object,
    });

  it('conflicts with whoever wrote it before the first apply', () => {
    expect(() => apply('new')).toThrow('before-first-apply');
    expect(apply('old').data).toEqual({ key: 'old' });
    expect(apply('new', true).data).toEqual({ key: 'new' });
  });
});
