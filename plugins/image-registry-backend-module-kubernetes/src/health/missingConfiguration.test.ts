import { missingConfiguration } from './missingConfiguration';

describe('missingConfiguration', () => {
  it.each([
    ['secret "absent" not found', { kind: 'Secret', name: 'absent' }],
    ['configmap "settings" not found', { kind: 'ConfigMap', name: 'settings' }],
    [
      "couldn't find key PASSWORD in Secret shop/database",
      { kind: 'Secret', name: 'database', key: 'PASSWORD' },
    ],
    [
      "couldn't find key level in ConfigMap shop/settings",
      { kind: 'ConfigMap', name: 'settings', key: 'level' },
    ],
    ['container has runAsNonRoot and image will run as root', undefined],
  ])('reads %s', (message, expected) => {
    expect(missingConfiguration(message)).toEqual(expected);
  });
});
