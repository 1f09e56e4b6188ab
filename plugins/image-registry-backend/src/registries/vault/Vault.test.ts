import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { ConfigVault, LockedSecretError } from './Vault';

const place = { table: 'registry_credentials', rowId: '1', field: 'secret' };

function key(id: string, secret = randomBytes(32).toString('base64')) {
  return { id, secret };
}

function vault(...keys: Array<{ id: string; secret: string }>) {
  return ConfigVault.create({
    config: mockServices.rootConfig({
      data: { imageRegistry: { encryption: { keys } } },
    }),
  });
}

describe('ConfigVault', () => {
  it('opens what it sealed, whatever it was', () => {
    const subject = vault(key('a'));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(subject.open(subject.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it('never seals the same way twice and shows nothing of the secret', () => {
    const subject = vault(key('a'));
    const first = subject.seal('a long enough password', place);
    const second = subject.seal('a long enough password', place);
    expect(first.nonce).not.toBe(second.nonce);
    expect(first.ciphertext).not.toBe(second.ciphertext);
    expect(Buffer.from(first.ciphertext, 'base64').toString()).not.toContain(
      'password',
    );
  });

  it('encrypts with the first key and decrypts with all', () => {
    const old = key('2025');
    const sealed = vault(old).seal('secret', place);
    const rotated = vault(key('2026'), old);
    expect(rotated.currentKeyId).toBe('2026');
    expect(rotated.seal('secret', place).keyId).toBe('2026');
    expect(rotated.open(sealed, place)).toBe('secret');
  });

  it.each([
    ['another table', { ...place, table: 'webhook_endpoints' }],
    ['another row', { ...place, rowId: '2' }],
    ['another field', { ...place, field: 'token' }],
  ])('does not open in %s', (_, other) => {
    const subject = vault(key('a'));
    const sealed = subject.seal('secret', place);
    expect(() => subject.open(sealed, other)).toThrow(LockedSecretError);
  });

  it('does not open what was changed', () => {
    const subject = vault(key('a'));
    const sealed = subject.seal('secret', place);
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    bytes[0] = (bytes[0] + 1) % 256;
    expect(() =>
      subject.open({ ...sealed, ciphertext: bytes.toString('base64') }, place),
    ).toThrow('or the stored row was changed');
    expect(() =>
      subject.open({ ...sealed, ciphertext: 'AAAA' }, place),
    ).toThrow(LockedSecretError);
  });

  it('names the key that is missing or another one', () => {
    const sealed = vault(key('a')).seal('secret', place);
    expect(() => vault(key('b')).open(sealed, place)).toThrow(
      'encrypted with the key "a", which is not in imageRegistry.encryption.keys',
    );
    expect(() => vault(key('a')).open(sealed, place)).toThrow(
      'do not open with the key "a"',
    );
  });

  it('stores nothing without a key', () => {
    const subject = vault();
    expect(subject.currentKeyId).toBeUndefined();
    expect(() => subject.seal('secret', place)).toThrow(
      'Set imageRegistry.encryption.keys in app-config',
    );
  });

  it.each([
    ['too short', randomBytes(16).toString('base64')],
    ['not base64', `${'%'.repeat(43)}=`],
    ['empty', ' '],
  ])('refuses a key that is %s and does not repeat it', (_, secret) => {
    expect(() => vault(key('good'), { id: 'bad', secret })).toThrow(
      'imageRegistry.encryption.keys[1].secret ("bad") must be 32 random bytes in base64',
    );
  });

  it('refuses two keys of one name', () => {
    expect(() => vault(key('a'), key('a'))).toThrow(
      'imageRegistry.encryption.keys[1].id "a" is there twice',
    );
  });
});
