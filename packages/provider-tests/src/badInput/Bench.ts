import {
  RegistryClient,
  RegistryErrorCode,
  RegistryHttp,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  SimulatedVendor,
  startVendorWorld,
  STRANGER,
  VendorFaultInput,
  VendorWorld,
} from '@slipway/sandbox';
import { connectionTo, ConnectionToOptions } from '../connectionTo';
import { BadInputSpec, OperationName, RowName } from './BadInputSpec';
import { everythingSaidBy, failureOf, secretsOf } from './failure';
import { perform } from './operations';

/** Milliseconds: how long a client waits for an answer that never comes. */
const HANGS = 100;

/** What the message of an operation must speak of. */
const WORDS: Record<OperationName, (spec: BadInputSpec) => RegExp> = {
  check: () => /./,
  listNamespaces: () => /list/i,
  listRepositories: () => /repositor/i,
  listTags: ({ repository }) => new RegExp(escaped(repository)),
  resolve: ({ repository }) => new RegExp(escaped(repository)),
};

/** A vendor's world with clients of it. */
export class Bench {
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

  /** @param through - what stands between the client and the world */
  client(
    settings: ConnectionToOptions = {},
    through: (http: RegistryHttp) => RegistryHttp = http => http,
  ): RegistryClient {
    const { address, connection, credentials, provider } = this.spec;
    const made = provider();
    const connected = connectionTo(made, address, this.world, {
      credentials,
      ...connection,
      ...settings,
    });
    return made.connect({ ...connected, http: through(connected.http) });
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

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
