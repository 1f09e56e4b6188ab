import { AuthenticationError } from '@backstage/errors';
import {
  WebhookAuthentication,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import { createHmac } from 'node:crypto';
import {
  authenticate,
  carriesProof,
  UnprovenCall,
  verifyVendorSignature,
} from './authenticate';
import { hashSecret } from './webhookSecrets';
import { StoredEndpoint } from './StoredEndpoint';

const secret = 'a-secret-of-32-characters-or-more';
const body = Buffer.from('{"a": 1}\n');

const endpoint: StoredEndpoint = {
  id: 'endpoint',
  registryId: 'local',
  name: 'pushes',
  source: 'database',
  createdAt: '2026-11-21T00:00:00.000Z',
  refusals: { count: 0 },
  secrets: [
    { id: 'older', hash: hashSecret('older'), createdAt: '' },
    { id: 'newer', hash: hashSecret(secret), createdAt: '' },
  ],
};
const keys = {
  keyOf: (_: StoredEndpoint, { id }: { id: string }) =>
    id === 'newer' ? secret : undefined,
};

function format(...authentication: WebhookAuthentication[]): WebhookFormat {
  return {
    authentication,
    contentTypes: ['application/json'],
    receive: () => ({ events: [], format: 'test' }),
  };
}

function call(
  headers: Record<string, string>,
  urlToken?: string,
): UnprovenCall & { reads(): number } {
  let reads = 0;
  return {
    headers,
    urlToken,
    body: async () => {
      reads += 1;
      return body;
    },
    reads: () => reads,
  };
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const hmac = (algorithm: string, encoding: 'hex' | 'base64') =>
  createHmac(algorithm, secret).update(body).digest(encoding);

describe('authenticate', () => {
  it.each<[string, WebhookAuthentication, UnprovenCall]>([
    [
      'a bearer token',
      { type: 'bearer' },
      call({ authorization: `Bearer ${secret}` }),
    ],
    ['the bare header', { type: 'bearer' }, call({ authorization: secret })],
    ['Basic', { type: 'basic' }, call({ authorization: basic(`u:${secret}`) })],
    ['the URL', { type: 'url' }, call({}, secret)],
    [
      "a vendor's header",
      { type: 'header', header: 'x-jfrog-event-auth' },
      call({ 'x-jfrog-event-auth': secret }),
    ],
    [
      'HMAC of GitHub',
      {
        type: 'hmac',
        header: 'x-hub-signature-256',
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: 'sha256=',
      },
      call({ 'x-hub-signature-256': `sha256=${hmac('sha256', 'hex')}` }),
    ],
    [
      'HMAC of Nexus, in upper case',
      {
        type: 'hmac',
        header: 'x-nexus-webhook-signature',
        algorithm: 'sha1',
        encoding: 'hex',
      },
      call({
        'x-nexus-webhook-signature': hmac('sha1', 'hex').toUpperCase(),
      }),
    ],
    [
      'HMAC in base64',
      {
        type: 'hmac',
        header: 'x-signature',
        algorithm: 'sha512',
        encoding: 'base64',
      },
      call({ 'x-signature': hmac('sha512', 'base64') }),
    ],
  ])('knows a secret by %s', async (_, way, proven) => {
    const answer = await authenticate(endpoint, format(way), proven, keys);
    expect(answer?.secretId).toBe('newer');
    // What travels in clear is redacted later; a signature is no secret.
    expect(answer?.presented).toBe(way.type === 'hmac' ? undefined : secret);
    expect(carriesProof(format(way), proven)).toBe(true);
  });

  const gitHub: WebhookAuthentication = {
    type: 'hmac',
    header: 'x-hub-signature-256',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
  };

  it.each<[string, Record<string, string>]>([
    ['of another body', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
    ['without its prefix', { 'x-hub-signature-256': hmac('sha256', 'hex') }],
    ['cut short', { 'x-hub-signature-256': 'sha256=abc' }],
    ['that is empty', { 'x-hub-signature-256': 'sha256=' }],
    ['in another header', { 'x-signature': `sha256=${hmac('sha256', 'hex')}` }],
  ])('refuses a signature %s', async (_, headers) => {
    expect(
      await authenticate(endpoint, format(gitHub), call(headers), keys),
    ).toBeUndefined();
  });

  it('does not read the body of a call that proves nothing', async () => {
    const silent = call({ authorization: 'Bearer wrong' });
    const answer = await authenticate(
      endpoint,
      format({ type: 'bearer' }, gitHub),
      silent,
      keys,
    );
    expect(answer).toBeUndefined();
    expect(silent.reads()).toBe(0);
  });

  it('refuses a signature by a secret that is only known by its hash', async () => {
    const older = createHmac('sha256', 'older').update(body).digest('hex');
    const signed = call({ 'x-hub-signature-256': `sha256=${older}` });
    expect(
      await authenticate(endpoint, format(gitHub), signed, keys),
    ).toBeUndefined();
  });
});

describe('verifyVendorSignature', () => {
  const request = { headers: {}, body, contentType: 'application/json' };
  const source = { read: async () => '' };

  function signed(verify: () => Promise<void>) {
    return format(
      { type: 'url' },
      { type: 'signed', requires: ['audience', 'email'], verify },
    );
  }

  it('is asked once an endpoint has what it needs', async () => {
    const verify = jest.fn(async () => {});
    const settings = { audience: 'a', email: 'e' };
    await verifyVendorSignature(
      { ...endpoint, settings },
      signed(verify),
      request,
      source,
    );
    expect(verify).toHaveBeenCalledWith(request, settings, source);
  });

  it('leaves it to the secret where the endpoint has no settings', async () => {
    const verify = jest.fn(async () => {});
    await verifyVendorSignature(endpoint, signed(verify), request, source);
    expect(verify).not.toHaveBeenCalled();
  });

  it('lets nothing pass while a setting is missing', async () => {
    await expect(
      verifyVendorSignature(
        { ...endpoint, settings: { audience: 'a' } },
        signed(async () => {}),
        request,
        source,
      ),
    ).rejects.toThrow('lacks email');
  });

  it('passes a refusal on', async () => {
    await expect(
      verifyVendorSignature(
        { ...endpoint, settings: { audience: 'a', email: 'e' } },
        signed(async () => {
          throw new AuthenticationError('The audience is another one');
        }),
        request,
        source,
      ),
    ).rejects.toThrow('The audience is another one');
  });
});
