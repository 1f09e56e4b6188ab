import { EVIDENCE_LIMIT_BYTES } from '@slipway/backstage-plugin-image-registry-node';
import { SecretMask } from '../../secretMask';
import { fitEvidence } from './fitEvidence';

const password = 'Tr0ub4dor&3-horse"battery';
const key = JSON.stringify({
  type: 'service_account',
  project_id: 'a-project-of-some-length',
  private_key:
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----\n',
});

describe('SecretMask', () => {
  const mask = new SecretMask([password, `robot:${password}`, key, 'abc', '']);

  it.each([
    ['as it is', `login ${password} failed`, 'login *** failed'],
    ['in a URL', `u=${encodeURIComponent(password)}&x=1`, 'u=***&x=1'],
    ['in JSON', JSON.stringify({ password }), '{"password":"***"}'],
    [
      'in base64 with its user',
      `auth=${Buffer.from(`robot:${password}`).toString('base64')};`,
      'auth=***;',
    ],
    ['as a line of a key', 'read MIIEvQIBADANBgkqhkiG9w0BAQ ok', 'read *** ok'],
    ['that is cut at the end', `login ${password.slice(0, 12)}…`, 'login ***…'],
    [
      'that is cut at the beginning',
      `${password.slice(9)} failed`,
      '*** failed',
    ],
    ['too short to be one', 'abc abcdef', 'abc abcdef'],
    ['of nobody', 'a project: a-project-of-some-length', undefined],
    [
      'of a bearer',
      'Authorization: Bearer dGhpcyBpcyBhIHRva2Vu.x-y',
      'Authorization: Bearer ***',
    ],
    [
      'that is a token',
      'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl expired',
      '*** expired',
    ],
    [
      'of the user of a URL',
      'fatal: https://robot:hunter2@git.example.com/x',
      'fatal: https://***@git.example.com/x',
    ],
    [
      'of a webhook',
      'POST /api/image-registry/webhooks/w-1/0123456789abcdef 202',
      'POST /api/image-registry/webhooks/w-1/*** 202',
    ],
    ['that is none', 'Basic authentication is off', undefined],
  ])('takes out a secret %s', (_, text, masked = text) => {
    expect(mask.mask(text)).toBe(masked);
  });

  it('takes them out of all parts of evidence', () => {
    const event = {
      kind: 'Pod',
      name: 'web-1',
      type: 'Warning' as const,
      reason: 'Failed',
      count: 1,
    };
    const text = `before ${password} after`;
    const masked = mask.maskEvidence({
      logs: [{ pod: 'web-1', container: 'web', previous: true, text }],
      events: [{ ...event, message: text }],
      pullMessages: [text],
      truncated: true,
    });
    expect(JSON.stringify(masked)).not.toContain('horse');
    expect(masked.logs[0].text).toBe('before *** after');
    expect(masked.truncated).toBe(true);
  });
});

describe('fitEvidence', () => {
  const log = (text: string) => ({
    pod: 'web-1',
    container: 'web',
    previous: false,
    text,
  });

  it('leaves what fits', () => {
    const evidence = {
      logs: [log('one')],
      events: [],
      pullMessages: [],
      truncated: false,
    };
    expect(fitEvidence(evidence)).toBe(evidence);
  });

  it('keeps to the limit whatever a driver gives', () => {
    const fitted = fitEvidence({
      logs: [log('a'.repeat(40_000)), log('é'.repeat(40_000))],
      events: [],
      pullMessages: ['x'.repeat(30_000), 'y'.repeat(90_000)],
      truncated: false,
    });
    expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThanOrEqual(
      EVIDENCE_LIMIT_BYTES,
    );
    expect(fitted).toMatchObject({ truncated: true, logs: [] });
  });
});
