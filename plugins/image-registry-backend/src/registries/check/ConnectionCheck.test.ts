import { startSandboxKubernetes } from '@slipway/sandbox';
import {
  createAddressGuard,
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { ConnectionCheck, statusAfter } from './ConnectionCheck';

// Any server with a certificate of its own authority does for these steps.
let server: Awaited<ReturnType<typeof startSandboxKubernetes>>;

beforeAll(async () => {
  server = await startSandboxKubernetes();
});

afterAll(() => server.stop());

const check = new ConnectionCheck({
  guard: createAddressGuard({ allowedLoopback: ['127.0.0.1', 'localhost'] }),
});

const working: Pick<RegistryClient, 'check'> = {
  check: async () => [
    { name: 'ping', ok: true, durationMs: 1 },
    { name: 'authenticate', ok: true, durationMs: 1 },
    { name: 'list', ok: true, durationMs: 1 },
    { name: 'pull', ok: true, durationMs: 1 },
  ],
};

function run(options: {
  address?: string;
  tls?: { verify: boolean; caCertificate?: string };
  client?: Pick<RegistryClient, 'check'>;
}) {
  return check.run({
    address: options.address ?? server.url,
    tls: options.tls ?? { verify: true, caCertificate: server.caCertificate },
    title: 'Test',
    client: async () => (options.client ?? working) as RegistryClient,
  });
}

describe('ConnectionCheck', () => {
  it('tells who signed the certificate and how long it is valid', async () => {
    const result = await run({});
    expect(result.ok).toBe(true);
    expect(result.steps[1]).toMatchObject({
      name: 'tls',
      ok: true,
      message: expect.stringMatching(/.+, valid \d+ days/),
    });
  });

  it('says that a certificate is not trusted, and what to do', async () => {
    const result = await run({ tls: { verify: true } });
    expect(result.ok).toBe(false);
    expect(result.steps[1]).toMatchObject({
      name: 'tls',
      ok: false,
      code: 'untrusted-certificate',
      hint: expect.stringContaining('TLS settings'),
    });
    expect(result.steps.slice(2)).toEqual(
      ['ping', 'authenticate', 'list', 'pull'].map(name => ({
        name,
        ok: false,
        skipped: true,
        durationMs: 0,
      })),
    );
  });

  it('says that it does not verify when it is told not to', async () => {
    const result = await run({ tls: { verify: false } });
    expect(result.ok).toBe(true);
    expect(result.steps[1].message).toMatch(/; not verified$/);
  });

  it('refuses a forbidden address in its first step', async () => {
    const result = await run({ address: 'https://169.254.169.254' });
    expect(result.steps[0]).toMatchObject({
      name: 'address',
      ok: false,
      code: 'forbidden-address',
      message: expect.stringContaining('169.254.169.254'),
    });
  });

  it('refuses this machine itself unless it is listed', async () => {
    const strict = new ConnectionCheck({ guard: createAddressGuard() });
    const result = await strict.run({
      address: 'http://localhost:5000',
      tls: { verify: true },
      title: 'Test',
      client: async () => working as RegistryClient,
    });
    expect(result.steps[0]).toMatchObject({
      ok: false,
      code: 'forbidden-address',
    });
  });

  it('never tells what it did not mean to', async () => {
    const result = await run({
      client: {
        check: async () => {
          throw new TypeError('cannot read "hunter2"');
        },
      },
    });
    expect(result.steps[2]).toMatchObject({
      name: 'ping',
      ok: false,
      code: 'internal',
    });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('passes on why there is no client at all', async () => {
    const result = await check.run({
      address: server.url,
      tls: { verify: false },
      title: 'Test',
      client: async () => {
        throw new RegistryError('unauthenticated', 'It is locked');
      },
    });
    expect(result.steps[2]).toMatchObject({ message: 'It is locked' });
  });
});

describe('statusAfter', () => {
  const at = new Date('2026-11-21T08:00:00.000Z');
  const steps = (...failed: string[]) =>
    (['address', 'tls', 'ping', 'authenticate', 'list', 'pull'] as const).map(
      name => ({
        name,
        ok: !failed.includes(name),
        durationMs: 1,
        ...(failed.includes(name) && { message: `${name} failed` }),
      }),
    );

  it.each([
    [[], 'connected', undefined],
    [['list'], 'degraded', 'list failed'],
    [['pull'], 'degraded', 'pull failed'],
    [['authenticate', 'list', 'pull'], 'unreachable', 'authenticate failed'],
  ])('of failed %j is %s', (failed, state, message) => {
    expect(statusAfter({ ok: false, steps: steps(...failed) }, at)).toEqual({
      state,
      checkedAt: at.toISOString(),
      ...(message && { message }),
      steps: steps(...failed),
    });
  });
});
