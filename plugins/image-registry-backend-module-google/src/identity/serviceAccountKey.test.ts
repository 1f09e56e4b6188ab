import { googleServiceAccountKey } from '@slipway/sandbox';
import { readServiceAccountKey } from './serviceAccountKey';

const text = googleServiceAccountKey('portal');

function changed(changes: object): string {
  return JSON.stringify({ ...JSON.parse(text), ...changes });
}

describe('readServiceAccountKey', () => {
  it.each([
    ['as it was downloaded', text],
    ['in base64', Buffer.from(text).toString('base64')],
    [
      'in base64 of several lines',
      Buffer.from(text)
        .toString('base64')
        .replace(/(.{76})/g, '$1\n'),
    ],
    [
      'without line breaks, as a field of one line pastes it',
      text.replace(/\n/g, ''),
    ],
  ])('reads a key %s', (_name, given) => {
    expect(readServiceAccountKey(given)).toMatchObject({
      email: 'portal@acme-prod.iam.gserviceaccount.com',
      keyId: 'sandbox-key-of-portal',
      project: 'acme-prod',
    });
  });

  it.each([
    ['nonsense', /neither the JSON of a key nor its base64/],
    [text.slice(0, -20), /neither the JSON/],
    ['[]', /neither the JSON|type none/],
    [
      changed({ type: 'external_account', credential_source: { file: '/x' } }),
      /is of type "external_account"/,
    ],
    [changed({ client_email: undefined }), /lacks client_email/],
    [changed({ private_key: 'not PEM' }), /no RSA key/],
  ])('refuses what is none', (given, reason) => {
    expect(() => readServiceAccountKey(given)).toThrow(reason);
  });

  it('repeats nothing of the key', () => {
    const secret = 'TopSecretPartOfTheKey';
    const refusal = (() => {
      try {
        return readServiceAccountKey(`{"private_key": "${secret}"`);
      } catch (error) {
        return String(error);
      }
    })();
    expect(refusal).not.toContain(secret);
  });
});
