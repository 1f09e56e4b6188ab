import { LookupAddress } from 'node:dns';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import {
  CheckResult,
  CheckStep,
  RegistryStatus,
  TlsSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  checkFindings,
  createRegistryConnector,
  failureFinding,
  isProxied,
  networkError,
  OutgoingProxy,
  RegistryClient,
  RegistryError,
  RequestPriority,
} from '@slipway/backstage-plugin-image-registry-node';
import { readCertificate } from './certificate';

/** What is checked. */
export interface CheckedConnection {
  /** Normalised base URL. */
  address: string;
  tls: TlsSettings;
  /** Vendor, for the start of sentences. */
  title: string;
  /** Through which the registry is called. */
  proxy?: OutgoingProxy;
  /** Made only when address and TLS are well. */
  client: () => Promise<RegistryClient>;
}

/** How a check is run. */
export interface CheckOptions {
  signal?: AbortSignal;
  /** Default: `interactive`. */
  priority?: RequestPriority;
}

const connectTimeoutMs = 5_000;
const clientTimeoutMs = 30_000;
const clientSteps = ['ping', 'authenticate', 'list', 'pull'] as const;

/** A step that passed, in words where there is something to say. */
interface Passed {
  message?: string;
  reason?: CheckStep['reason'];
  skipped?: boolean;
}

/** Finds out, step by step, why a registry can or cannot be used. */
export class ConnectionCheck {
  readonly #guard: AddressGuard;

  constructor(options: { guard: AddressGuard }) {
    this.#guard = options.guard;
  }

  /** Never throws: what goes wrong is a step's message. */
  async run(
    connection: CheckedConnection,
    options: CheckOptions = {},
  ): Promise<CheckResult> {
    const steps: CheckStep[] = [];
    steps.push(await timed('address', () => this.resolve(connection)));
    if (steps[0].ok) {
      steps.push(await timed('tls', () => this.#openTls(connection)));
    } else {
      steps.push(skipped('tls'));
    }
    if (steps.every(step => step.ok)) {
      steps.push(...(await askClient(connection, options)));
    } else {
      steps.push(...clientSteps.map(skipped));
    }
    return {
      ok: steps.every(step => step.ok || step.skipped),
      steps,
      address: connection.address,
    };
  }

  /**
   * Where the address leads to. Behind a proxy only the proxy knows that.
   * @throws RegistryError `forbidden-address` or `name-not-found`
   */
  async resolve({
    address,
    proxy,
    title,
  }: Pick<CheckedConnection, 'address' | 'proxy' | 'title'>): Promise<Passed> {
    const { url, destination, ownHost } = this.#destination(address);
    if (proxy && isProxied(proxy, url)) {
      return checkFindings.throughProxy(new URL(proxy.url).host);
    }
    const addresses = await new Promise<LookupAddress[]>((resolve, reject) => {
      this.#guard.lookup(destination, { ownHost })(
        destination.hostname,
        { all: true },
        (error, found) =>
          error ? reject(error) : resolve(found as LookupAddress[]),
      );
    }).catch(error => {
      throw networkError(error, { operation: 'find the host', url, title });
    });
    const [first] = addresses;
    return first.address === destination.hostname
      ? {}
      : checkFindings.resolved(destination.hostname, first.address);
  }

  async #openTls(connection: CheckedConnection): Promise<Passed> {
    const { address, proxy, tls, title } = connection;
    const { url, destination, ownHost } = this.#destination(address);
    if (url.protocol === 'http:') {
      return { skipped: true, ...checkFindings.plainHttp() };
    }
    const context = { operation: 'open a secure connection', url, title };
    const connect = createRegistryConnector({
      guard: this.#guard,
      ownHost,
      tls,
      proxy,
      connectMs: connectTimeoutMs,
    });
    const socket = await new Promise<Socket>((resolve, reject) => {
      connect(
        { ...destination, host: url.host, protocol: url.protocol },
        (error, opened) =>
          opened ? resolve(opened) : reject(error ?? new Error('no socket')),
      );
    }).catch(error => {
      throw networkError(error, context);
    });
    try {
      if (!(socket instanceof TLSSocket)) {
        return {};
      }
      const { authority, days } = readCertificate(socket, Date.now());
      return tls.verify
        ? checkFindings.certificate(authority, days)
        : checkFindings.unverifiedCertificate(authority);
    } finally {
      socket.destroy();
    }
  }

  #destination(address: string) {
    const text = new URL(address);
    const ownHost = text.hostname;
    const url = this.#guard.checkUrl(text, { ownHost });
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return { url, ownHost, destination: { hostname, port } };
  }
}

/** What a registry's state is after a check. */
export function statusAfter(result: CheckResult, at: Date): RegistryStatus {
  const failed = result.steps.find(step => !step.ok && !step.skipped);
  const reachable = result.steps.some(
    step => step.name === 'authenticate' && step.ok,
  );
  const broken = reachable ? 'degraded' : 'unreachable';
  return {
    state: failed ? broken : 'connected',
    checkedAt: at.toISOString(),
    ...(failed?.message && { message: failed.message }),
    steps: result.steps,
  };
}

function skipped(name: CheckStep['name']): CheckStep {
  return { name, ok: false, skipped: true, durationMs: 0 };
}

function failure(error: unknown): Omit<CheckStep, 'name' | 'durationMs'> {
  if (error instanceof RegistryError) {
    return {
      ok: false,
      ...failureFinding(error),
    };
  }
  // A fault of ours: its text may hold anything.
  return { ok: false, message: 'The check itself failed', code: 'internal' };
}

async function timed(
  name: CheckStep['name'],
  run: () => Promise<Passed>,
): Promise<CheckStep> {
  const started = performance.now();
  const outcome = await run().then(
    passed => ({ ok: true, ...passed }),
    error => failure(error),
  );
  const durationMs = Math.round(performance.now() - started);
  return { name, ...outcome, durationMs };
}

async function askClient(
  connection: CheckedConnection,
  { signal, priority }: CheckOptions,
): Promise<CheckStep[]> {
  const started = performance.now();
  try {
    const timeout = AbortSignal.timeout(clientTimeoutMs);
    const client = await connection.client();
    return await client.check({
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(priority && { priority }),
    });
  } catch (error) {
    const durationMs = Math.round(performance.now() - started);
    return [
      { name: 'ping', ...failure(error), durationMs },
      ...clientSteps.slice(1).map(skipped),
    ];
  }
}
