import { Readable } from 'stream';
import { setTimeout as delay } from 'timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import {
  because,
  DriverError,
} from '@slipway/backstage-plugin-image-registry-node';
import { Dispatcher, request } from 'undici';
import { BearerTokens } from './BearerTokens';
import { CallCredentials, Credentials } from './Credentials';
import { Discovery } from './Discovery';
import { toDriverError } from './statusError';
import { connectionReason, isUnsent } from './connectionReason';
import { untilAborted } from './untilAborted';

/** One step of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  op: 'add' | 'replace' | 'test';
  /** JSON pointer. */
  path: string;
  value: unknown;
}

/** One call to an API server. */
export interface ClusterCall {
  method?: 'GET' | 'PATCH' | 'POST' | 'DELETE';
  /** From the root of the API server, such as `/api/v1/pods`. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON, with POST or DELETE. */
  content?: object;
  /** Sent as a server-side apply. */
  apply?: object;
  /** Sent as a JSON merge patch. */
  merge?: object;
  /** Sent as a JSON patch. */
  operations?: readonly JsonPatchOperation[];
  /** Told each remark that the API server makes beside its answer. */
  onWarning?: (text: string) => void;
  /** Told when the object did not exist before: 201, not 200. */
  onCreated?: () => void;
  signal?: AbortSignal;
  /** Milliseconds until the call is given up; 10 000 when absent. */
  deadlineMs?: number;
}

const DEFAULT_DEADLINE_MS = 10_000;

/**
 * A watch that is silent for so long is taken for dead: API servers send a
 * bookmark about once a minute.
 */
const WATCH_SILENCE_MS = 90_000;

/** Longest wait for an API server that asks a reader to come back. */
const LONGEST_READ_RETRY_MS = 2_000;

const FIELD_MANAGER_AGENT = 'backstage-image-registry';

/**
 * Calls one cluster's API. Objects are plain JSON: the client library's
 * generated models would turn times into dates and need a method per kind,
 * while its KubeConfig does the signing in.
 */
export class ClusterClient {
  readonly name: string;
  private readonly server: string;
  private readonly credentials: Credentials;
  /** Which kinds it has; see Discovery. */
  readonly discovery = new Discovery(this);

  /** @param tokens - signs in instead of the user of the kubeconfig */
  constructor(name: string, kubeConfig: KubeConfig, tokens?: BearerTokens) {
    this.name = name;
    this.server = (kubeConfig.getCurrentCluster()?.server ?? '').replace(
      /\/+$/,
      '',
    );
    this.credentials = new Credentials(kubeConfig, tokens);
  }

  /**
   * The answer's JSON.
   * @throws DriverError in the API server's words
   */
  async json<T>(call: ClusterCall): Promise<T> {
    const text = await this.text(call);
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      const reason = because(
        'cluster-answers-no-json',
        `Cluster ${this.name} did not answer with JSON; is its address that of an API server?`,
        { cluster: this.name },
      );
      throw new DriverError('server-error', reason.message, { cause, reason });
    }
  }

  /**
   * The answer as text; empty when there is no content.
   * @throws DriverError in the API server's words
   */
  async text(call: ClusterCall): Promise<string> {
    const deadline = AbortSignal.timeout(
      call.deadlineMs ?? DEFAULT_DEADLINE_MS,
    );
    const signal = call.signal
      ? AbortSignal.any([call.signal, deadline])
      : deadline;
    try {
      const response = await this.sendPatiently(call, signal);
      return await response.body.text();
    } catch (error) {
      throw this.explain(error, call.signal, deadline);
    }
  }

  /**
   * The lines of a watch, one JSON event each, until the server ends it.
   * @param onOpen - called when the server has accepted the watch
   * @throws DriverError when it is refused, cut or silent
   */
  async *lines(call: ClusterCall, onOpen: () => void): AsyncGenerator<string> {
    try {
      const response = await this.send(call, call.signal);
      onOpen();
      yield* splitLines(response.body);
    } catch (error) {
      throw this.explain(error, call.signal);
    }
  }

  /** Closes all connections; running watches end. */
  async close(): Promise<void> {
    await this.credentials.close();
  }

  /** A read that is asked to wait for a moment waits, once. */
  private async sendPatiently(
    call: ClusterCall,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    try {
      return await this.send(call, signal);
    } catch (error) {
      const waitMs =
        error instanceof DriverError && error.code === 'rate-limited'
          ? error.retryAfterMs ?? Infinity
          : Infinity;
      if (bodyOf(call) !== undefined || waitMs > LONGEST_READ_RETRY_MS) {
        throw error;
      }
      await delay(waitMs, undefined, { signal });
      return this.send(call, signal);
    }
  }

  /** An expired login is read again, once. */
  private async send(
    call: ClusterCall,
    signal: AbortSignal | undefined,
  ): Promise<Dispatcher.ResponseData> {
    let signedIn: CallCredentials | undefined;
    try {
      signedIn = await this.signIn(signal);
      return await this.sendOnce(call, signedIn, signal);
    } catch (error) {
      const expired =
        error instanceof DriverError && error.code === 'unauthenticated';
      if (!expired || !this.credentials.renew(signedIn)) {
        throw error;
      }
      return this.sendOnce(call, await this.signIn(signal), signal);
    }
  }

  private async sendOnce(
    call: ClusterCall,
    { headers, dispatcher }: CallCredentials,
    signal: AbortSignal | undefined,
  ): Promise<Dispatcher.ResponseData> {
    const body = bodyOf(call);
    const response = await request(this.urlOf(call), {
      method: call.method ?? 'GET',
      dispatcher,
      signal,
      bodyTimeout: WATCH_SILENCE_MS,
      headers: {
        ...headers,
        accept: 'application/json',
        'user-agent': FIELD_MANAGER_AGENT,
        ...(body && { 'content-type': body.type }),
      },
      body: body && JSON.stringify(body.content),
    });
    if (response.statusCode >= 200 && response.statusCode < 300) {
      warningsOf(response).forEach(text => call.onWarning?.(text));
      if (response.statusCode === 201) {
        call.onCreated?.();
      }
      return response;
    }
    const retryAfter = response.headers['retry-after'];
    throw toDriverError({
      cluster: this.name,
      statusCode: response.statusCode,
      body: await response.body.text(),
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    });
  }

  /** Does not wait longer than the call may take. */
  private async signIn(
    signal: AbortSignal | undefined,
  ): Promise<CallCredentials> {
    signal?.throwIfAborted();
    try {
      return await untilAborted(this.credentials.forCall(), signal);
    } catch (cause) {
      signal?.throwIfAborted();
      const words = cause instanceof Error ? cause.message : String(cause);
      const detail = words.trim();
      const reason = because(
        'cluster-sign-in-failed',
        `Signing in to cluster ${this.name} failed: ${detail}`,
        { cluster: this.name, detail },
      );
      throw new DriverError('unauthenticated', reason.message, {
        cause,
        reason,
      });
    }
  }

  private urlOf(call: ClusterCall): string {
    const url = new URL(`${this.server}${call.path}`);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return url.href;
  }

  /** The caller's own abort is passed on; all else becomes a DriverError. */
  private explain(
    error: unknown,
    callerSignal: AbortSignal | undefined,
    deadline?: AbortSignal,
  ): unknown {
    if (error instanceof DriverError || callerSignal?.aborted) {
      return error;
    }
    const isLate = deadline?.aborted ?? false;
    const reason = connectionReason(this.name, error, isLate);
    return new DriverError('cluster-unreachable', reason.message, {
      cause: error,
      reason,
      unsent: isUnsent(error),
    });
  }
}

/** Kinds of bodies; JSON is YAML. */
function bodyOf({
  content,
  apply,
  merge,
  operations,
}: ClusterCall): { type: string; content: unknown } | undefined {
  if (apply) {
    return { type: 'application/apply-patch+yaml', content: apply };
  }
  if (content) {
    return { type: 'application/json', content };
  }
  if (merge) {
    return { type: 'application/merge-patch+json', content: merge };
  }
  return operations
    ? { type: 'application/json-patch+json', content: operations }
    : undefined;
}

/** The texts of `Warning: 299 - "…"` headers. */
function warningsOf({ headers }: Dispatcher.ResponseData): string[] {
  const values = [headers.warning ?? []].flat().join(', ');
  return [...values.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
    text.replace(/\\(.)/g, '$1'),
  );
}

async function* splitLines(body: Readable): AsyncGenerator<string> {
  body.setEncoding('utf8');
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter(line => line !== '');
  }
}
