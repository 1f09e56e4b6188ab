import {
  RegistryClient,
  RegistryErrorCode,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  SimulatedVendor,
  startVendorWorld,
  STRANGER,
  VendorFaultInput,
  VendorWorld,
} from '@slipway/sandbox';
import { connectionTo, ConnectionToOptions } from '../connectionTo';
import {
  BadInputSpec,
  ListingOperation,
  OperationName,
  RowName,
} from './BadInputSpec';
import { everythingSaidBy, failureOf, secretsOf } from './failure';
import { listWhole, perform } from './operations';
import { certificateRows, statusRows } from './rows';

/** Milliseconds: how long a client waits for an answer that never comes. */
const HANGS = 250;

/** What the message of an operation must speak of. */
const WORDS: Record<OperationName, (spec: BadInputSpec) => RegExp> = {
  check: () => /./,
  listNamespaces: () => /list/i,
  listRepositories: () => /repositor/i,
  listTags: ({ repository }) => new RegExp(escaped(repository)),
  resolve: ({ repository }) => new RegExp(escaped(repository)),
};

/**
 * The table of bad input for one vendor: each operation against everything
 * that can go wrong with it. Every failure is a `RegistryError` whose message
 * names vendor, operation and cause, with a hint, and without a secret; a
 * listing that is not whole says so.
 *
 * To be called at the top of a test file.
 */
export function describeBadInput(spec: BadInputSpec): void {
  describe(`bad input from ${spec.title}`, () => {
    const bench = new Bench(spec);
    beforeAll(() => bench.start());
    afterEach(() => bench.clear());
    afterAll(() => bench.stop());

    for (const operation of keysOf(spec.requests)) {
      describe(operation, () => describeOperation(bench, operation));
    }
    for (const operation of keysOf(spec.paged)) {
      describe(`pages of ${operation}`, () => describePages(bench, operation));
    }
    describeSignIn(bench);
    for (const native of spec.nativeErrors ?? []) {
      it(`${native.operation}: ${native.name}`, () =>
        bench.expectFailure(native.operation, native.effect, {
          codes: [native.code],
          cause: native.message,
        }));
    }
  });
}

/** A vendor's world with clients of it. */
class Bench {
  private running?: { vendor: SimulatedVendor; world: VendorWorld };

  constructor(readonly spec: BadInputSpec) {}

  async start(): Promise<void> {
    const vendor = this.spec.vendor();
    this.running = {
      vendor,
      world: await startVendorWorld({ vendors: [vendor] }),
    };
  }

  async stop(): Promise<void> {
    await this.running?.world.stop();
  }

  clear(): void {
    this.world.faults.clear();
    this.world.requests.clear();
  }

  get world(): VendorWorld {
    return this.started.world;
  }

  get vendor(): SimulatedVendor {
    return this.started.vendor;
  }

  private get started() {
    if (!this.running) {
      throw new Error('The world has not started');
    }
    return this.running;
  }

  client(settings: ConnectionToOptions = {}): RegistryClient {
    const { address, connection, credentials, provider } = this.spec;
    const made = provider();
    return made.connect(
      connectionTo(made, address, this.world, {
        credentials,
        ...connection,
        ...settings,
      }),
    );
  }

  /** A test of a row, unless the vendor is excepted from it. */
  row(row: RowName, name: string, run: () => Promise<void>): void {
    const reason = this.spec.except?.[row];
    if (reason === undefined) {
      it(name, run);
    } else {
      it.skip(`${name} (${reason})`, run);
    }
  }

  /** A fault at the operation's requests must fail it in these words. */
  async expectFailure(
    operation: OperationName,
    effect: VendorFaultInput['effect'],
    expected: {
      codes: readonly RegistryErrorCode[];
      cause?: RegExp;
      retryAfterMs?: number;
    },
  ): Promise<void> {
    this.world.faults.add({ ...this.spec.requests[operation], effect });
    const client = this.client({
      ...(effect.kind === 'hang' && { headersMs: HANGS }),
    });
    const error = await this.expectSentence(
      operation,
      perform(operation, client, this.spec),
      expected.codes,
    );
    if (expected.cause) {
      expect(error.message).toMatch(expected.cause);
    }
    if (expected.retryAfterMs !== undefined && operation !== 'check') {
      expect(error.retryAfterMs).toBe(expected.retryAfterMs);
    }
  }

  /** The error of something, after a look at everything that it says. */
  async expectSentence(
    operation: OperationName,
    work: Promise<unknown>,
    codes: readonly RegistryErrorCode[],
    words = this.spec.words?.[operation] ?? WORDS[operation](this.spec),
  ) {
    const { spec } = this;
    const error = await failureOf(work);
    expect({ message: error.message, code: error.code }).toEqual({
      message: error.message,
      code: expect.stringMatching(new RegExp(`^(${codes.join('|')})$`)),
    });
    expect(error.message).toContain(spec.title);
    expect(error.message).toMatch(words);
    expect({ message: error.message, hint: error.hint }).toEqual({
      message: error.message,
      hint: expect.stringMatching(/\S/),
    });
    this.expectNoSecret(everythingSaidBy(error));
    return error;
  }

  expectNoSecret(text: string): void {
    const { credentials, provider, weakCredentials, wrongCredentials } =
      this.spec;
    const secrets = secretsOf(
      provider(),
      [credentials, wrongCredentials, weakCredentials ?? {}],
      this.world.requests.list(),
    );
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter(secret => text.includes(secret))).toEqual([]);
  }

  /** Nothing of ours may arrive at a host that the vendor only names. */
  expectNothingToldToStranger(): void {
    const told = this.world.requests
      .list(STRANGER)
      .filter(
        ({ headers }) =>
          headers.authorization !== undefined || headers.cookie !== undefined,
      );
    expect(told).toEqual([]);
    this.expectNoSecret(
      this.world.requests
        .list(STRANGER)
        .map(({ body, url }) => `${url.href}\n${body}`)
        .join('\n'),
    );
  }
}

function describeOperation(bench: Bench, operation: OperationName): void {
  it('goes well without a fault', async () => {
    await perform(operation, bench.client(), bench.spec);
    expect(bench.world.requests.list().length).toBeGreaterThan(0);
  });

  for (const { name, effect, needsBody, ...expected } of statusRows) {
    if (needsBody && operation === 'resolve') {
      // A HEAD, whose answer has none.
      continue;
    }
    bench.row('status', name, () =>
      bench.expectFailure(operation, effect, expected),
    );
  }

  for (const { name, problem, cause } of certificateRows) {
    bench.row('certificate', name, async () => {
      const { host } = bench.spec.requests[operation] ?? {};
      bench.world.faults.add({
        host,
        effect: { kind: 'certificate', problem },
      });
      const error = await bench.expectSentence(
        operation,
        perform(operation, bench.client(), bench.spec),
        ['untrusted-certificate'],
      );
      expect(error.message).toMatch(cause);
    });
  }
}

function describePages(bench: Bench, operation: ListingOperation): void {
  const { repository, ...pattern } = bench.spec.paged[operation] ?? {};
  const list = () =>
    listWhole(operation, bench.client(), bench.spec, repository);
  /** A listing that is not whole, or a failure, but never a half as a whole. */
  const expectNotWhole = async () => {
    const outcome = await list().catch(error => {
      bench.expectNoSecret(everythingSaidBy(error));
      return { complete: false, reason: error.message };
    });
    expect(outcome).toMatchObject({
      complete: false,
      reason: expect.stringMatching(/\S/),
    });
    bench.expectNoSecret(outcome.reason ?? '');
  };

  it('has more than one page', async () => {
    const { complete, items } = await list();
    expect({ complete, distinct: distinct(items) }).toEqual({
      complete: true,
      distinct: items.length,
    });
    const asked = bench.world.faults.add({
      ...pattern,
      skip: 1,
      effect: { kind: 'latency', milliseconds: 0 },
    });
    await list();
    const [{ hit }] = bench.world.faults.list();
    expect({ asked, hit: hit > 0 }).toEqual({ asked, hit: true });
  });

  bench.row('repeated page', 'a page that repeats', async () => {
    bench.world.faults.add({ ...pattern, effect: { kind: 'repeated-page' } });
    await expectNotWhole();
  });

  bench.row('later page fails', 'a later page that fails', async () => {
    bench.world.faults.add({
      ...pattern,
      skip: 1,
      effect: { kind: 'status', status: 503 },
    });
    await expectNotWhole();
  });

  bench.row('later page fails', 'a later page that is throttled', async () => {
    bench.world.faults.add({
      ...pattern,
      skip: 1,
      effect: { kind: 'status', status: 429, retryAfter: 60 },
    });
    await expectNotWhole();
  });

  bench.row('Link to another host', 'a Link to another host', async () => {
    const whole = await list();
    bench.world.requests.clear();
    bench.world.faults.add({ ...pattern, effect: { kind: 'foreign-link' } });
    // Who does not go by links has the whole listing all the same.
    const linked = await list().catch(() => undefined);
    if (linked?.complete) {
      expect(linked.items).toHaveLength(whole.items.length);
    } else {
      await expectNotWhole();
    }
    bench.expectNothingToldToStranger();
  });
}

function describeSignIn(bench: Bench): void {
  const { spec } = bench;
  const operations = keysOf(spec.requests);

  describe.each(operations)('%s', operation => {
    bench.row('wrong key', 'a wrong key', async () => {
      const client = bench.client({ credentials: spec.wrongCredentials });
      await bench.expectSentence(
        operation,
        perform(operation, client, spec),
        spec.codes?.['wrong key'] ?? ['unauthenticated'],
        // What failed is the sign-in, whatever it was for.
        /./,
      );
    });
  });

  if (spec.weakCredentials) {
    bench.row('missing right', 'a missing right', async () => {
      const client = bench.client({ credentials: spec.weakCredentials });
      await bench.expectSentence(
        'listRepositories',
        perform('listRepositories', client, spec),
        spec.codes?.['missing right'] ?? ['forbidden'],
      );
    });
  }

  const { expire } = spec;
  if (expire) {
    bench.row('expired token', 'a token that expires in between', async () => {
      const client = bench.client();
      for (const operation of operations) {
        await perform(operation, client, spec);
      }
      expire(bench.vendor);
      for (const operation of operations) {
        await perform(operation, client, spec);
      }
    });
  }

  bench.row('unknown namespace', 'an unknown namespace', async () => {
    const name = spec.unknownNamespace;
    const unknown = { ...spec, namespace: name, repository: `${name}/web` };
    const error = await bench.expectSentence(
      'listRepositories',
      perform('listRepositories', bench.client(), unknown),
      spec.codes?.['unknown namespace'] ?? ['not-found'],
    );
    expect(error.message).toContain(name);
  });

  bench.row('realm to another host', 'a realm to another host', async () => {
    const { address } = spec;
    bench.world.faults.add({
      host: new URL(address).hostname,
      effect: { kind: 'foreign-realm' },
    });
    await bench.expectSentence(
      'check',
      perform('resolve', bench.client(), spec),
      spec.codes?.['realm to another host'] ?? ['forbidden-address'],
    );
    bench.expectNothingToldToStranger();
  });

  bench.row('blob redirect', 'a blob elsewhere', async () => {
    bench.world.faults.add({
      path: '/blobs/',
      effect: { kind: 'foreign-redirect' },
    });
    const image = await bench.client().inspect(spec.repository, spec.tag);
    expect(image.digest).toMatch(/^sha256:/);
    const redirected = bench.world.requests.redirected();
    expect(redirected.length).toBeGreaterThan(0);
    expect(
      redirected.filter(
        ({ headers }) =>
          headers.authorization !== undefined || headers.cookie !== undefined,
      ),
    ).toEqual([]);
  });
}

function distinct(items: unknown[]): number {
  return new Set(items.map(each => JSON.stringify(each))).size;
}

function keysOf<K extends string>(record: Partial<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
