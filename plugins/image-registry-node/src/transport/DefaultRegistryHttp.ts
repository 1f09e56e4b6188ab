import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { advise } from '../provider/advise';
import { remedies } from '../provider/remedies';
import { AddressGuard } from '../guard';
import { RegistryError } from '../provider/RegistryError';
import { RequestPriority } from '../provider/RegistryProvider';
import { Patience, backoffMs, patienceByPriority, spreadMs } from './backoff';
import { Exchanger, exchange, isIdempotent } from './exchange';
import {
  FailureContext,
  isRetryableNetworkError,
  networkError,
} from './networkError';
import { readBeginning, readBody } from './readBody';
import { Hop, followRedirect, isRedirect } from './redirect';
import {
  RegistryBudget,
  RegistryHttp,
  RegistryHttpRequest,
  RegistryHttpResponse,
} from './RegistryHttp';
import { TrafficLane } from './RegistryTraffic';
import { secretsOf } from './secretsOf';
import { statusError, withoutSecrets } from './statusError';

const defaultMaxBytes = 4 * 1024 * 1024;
const defaultMaxRedirects = 3;
/** Of an error's body; nothing longer is worth quoting. */
const errorMaxBytes = 64 * 1024;

const retryableStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** What {@link DefaultRegistryHttp} is made of. */
export interface DefaultRegistryHttpParts {
  guard: AddressGuard;
  exchanger: Exchanger;
  lane: TrafficLane;
  /** Host and port of the registry, for its budget. */
  host: string;
  /** Host name of the registry, which may be private. */
  ownHost: string;
  title: string;
  /** Replaces the waits by priority; for tests. */
  patience?: Readonly<Record<RequestPriority, Patience>>;
  /** Replaces `Math.random` in waits; for tests. */
  random?: () => number;
}

/** An answer whose body has not been read. */
interface OpenAnswer {
  status: number;
  headers: Record<string, string>;
  body: Readable;
  context: FailureContext;
  /** Gives the place in the limiter back. */
  release: () => void;
}

function joinHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name.toLowerCase(), [value].flat().join(', ')]],
    ),
  );
}

function isRetryable(error: RegistryError): boolean {
  return error.status === undefined
    ? isRetryableNetworkError(error.cause)
    : retryableStatuses.has(error.status);
}

/**
 * {@link RegistryHttp} on Node's own http: it is part of every process already,
 * follows no redirects and decodes nothing.
 */
export class DefaultRegistryHttp implements RegistryHttp {
  constructor(private readonly parts: DefaultRegistryHttpParts) {}

  async request(request: RegistryHttpRequest): Promise<RegistryHttpResponse> {
    return this.withRetries(request, async () => {
      const answer = await this.open(request);
      try {
        const body = await this.readAccepted(answer, request);
        return this.toResponse(answer, body, request);
      } finally {
        answer.release();
      }
    });
  }

  async stream(
    request: RegistryHttpRequest,
  ): Promise<Omit<RegistryHttpResponse, 'body' | 'json'> & { body: Readable }> {
    return this.withRetries(request, async () => {
      const answer = await this.open(request);
      try {
        await this.throwUnlessAccepted(answer, request);
      } catch (error) {
        answer.release();
        throw error;
      }
      // Who reads the stream gets its errors; who drops it must not crash.
      answer.body.on('error', () => {}).once('close', answer.release);
      const { status, headers, body, context } = answer;
      return { status, headers, url: context.url.href, body };
    });
  }

  budget(): RegistryBudget {
    return this.parts.lane.snapshot(this.parts.host);
  }

  private async withRetries<T>(
    request: RegistryHttpRequest,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const priority = request.priority ?? 'interactive';
    const patience = (this.parts.patience ?? patienceByPriority)[priority];
    const retries = isIdempotent(request.method ?? 'GET')
      ? patience.attempts - 1
      : 0;
    let waitedMs = 0;
    for (let retry = 1; ; retry += 1) {
      waitedMs += await this.waitForBudget(request, patience, waitedMs);
      try {
        return await attempt();
      } catch (error) {
        if (
          !(error instanceof RegistryError) ||
          retry > retries ||
          !isRetryable(error)
        ) {
          throw error;
        }
        const asked = error.retryAfterMs;
        const delay =
          asked === undefined
            ? backoffMs(patience, retry, this.parts.random)
            : spreadMs(asked, this.parts.random);
        // Patience is for what was asked for, without the spread.
        if (waitedMs + (asked ?? delay) > patience.longestWaitMs) {
          throw error;
        }
        waitedMs += delay;
        await sleep(delay, undefined, { signal: request.signal });
      }
    }
  }

  /** Waits as long as the host asked for, or says that it is too long. */
  private async waitForBudget(
    request: RegistryHttpRequest,
    patience: Patience,
    waitedMs: number,
  ): Promise<number> {
    const url = this.check(request.url, request.operation);
    const budget = this.parts.lane.budgetOf(url.host);
    const reserved = budget.reservedMs(
      request.priority ?? 'interactive',
      request.method ?? 'GET',
    );
    const wait = Math.max(budget.waitMs(), reserved);
    if (wait === 0) {
      return 0;
    }
    if (reserved > 0 || waitedMs + wait > patience.longestWaitMs) {
      throw new RegistryError(
        'rate-limited',
        `${this.parts.title}: did not ${request.operation} at ${
          url.host
        }: its rate limit is used up for ${Math.ceil(
          wait / 1000,
        )} more seconds`,
        {
          hint: remedies.higherLimit,
          retryAfterMs: wait,
        },
      );
    }
    const delay = spreadMs(wait, this.parts.random);
    await sleep(delay, undefined, { signal: request.signal });
    return delay;
  }

  /** Sends a request through its redirects, holding one place of the limiter. */
  private async open(request: RegistryHttpRequest): Promise<OpenAnswer> {
    const release = await this.parts.lane.limiter.acquire(
      request.priority ?? 'interactive',
      request.signal,
    );
    try {
      let hop: Hop = {
        url: this.check(request.url, request.operation),
        method: request.method ?? 'GET',
        headers: { ...request.headers },
        body: request.body,
      };
      const maxRedirects = request.maxRedirects ?? defaultMaxRedirects;
      for (let redirects = 0; ; redirects += 1) {
        const answer = await this.send(hop, request);
        if (!isRedirect(answer.status)) {
          return { ...answer, release };
        }
        answer.body.on('error', () => {}).destroy();
        if (redirects >= maxRedirects) {
          throw new RegistryError(
            'invalid-response',
            `${this.parts.title}: could not ${request.operation} at ${hop.url.host}: it redirects more than ${maxRedirects} times`,
          );
        }
        hop = followRedirect(
          hop,
          answer.status,
          answer.headers.location,
          answer.context,
        );
        this.check(hop.url, request.operation);
      }
    } catch (error) {
      release();
      throw error;
    }
  }

  private async send(
    hop: Hop,
    request: RegistryHttpRequest,
  ): Promise<Omit<OpenAnswer, 'release'>> {
    const context: FailureContext = {
      operation: request.operation,
      url: hop.url,
      title: this.parts.title,
    };
    try {
      const headers = {
        'user-agent': 'backstage-image-registry',
        // A digest is over the bytes as they are stored.
        'accept-encoding': 'identity',
        ...hop.headers,
      };
      const body = await exchange(
        this.parts.exchanger,
        { ...hop, headers },
        request.signal,
      );
      const { statusCode: status = 0 } = body;
      const answered = joinHeaders(body.headers);
      this.parts.lane.budgetOf(hop.url.host).learn(status, answered);
      return { status, headers: answered, body, context };
    } catch (error) {
      request.signal?.throwIfAborted();
      throw networkError(error, context);
    }
  }

  private check(url: string | URL, operation: string): URL {
    try {
      return this.parts.guard.checkUrl(url, { ownHost: this.parts.ownHost });
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        throw error;
      }
      throw new RegistryError(
        error.code,
        `${this.parts.title}: did not ${operation}: ${error.message}`,
        { hint: error.remedy, cause: error },
      );
    }
  }

  private isAccepted(status: number, request: RegistryHttpRequest): boolean {
    return (
      (status >= 200 && status < 300) ||
      Boolean(request.acceptStatuses?.includes(status))
    );
  }

  private async throwUnlessAccepted(
    { status, headers, body, context }: OpenAnswer,
    request: RegistryHttpRequest,
  ): Promise<void> {
    if (!this.isAccepted(status, request)) {
      const beginning = await readBeginning(body, errorMaxBytes);
      throw statusError(
        { status, headers, body: beginning },
        context,
        secretsOf(request),
      );
    }
  }

  private async readAccepted(
    answer: OpenAnswer,
    request: RegistryHttpRequest,
  ): Promise<Buffer> {
    await this.throwUnlessAccepted(answer, request);
    if (answer.status >= 400) {
      return readBeginning(answer.body, errorMaxBytes);
    }
    try {
      return await readBody(
        answer.body,
        request.maxBytes ?? defaultMaxBytes,
        answer.context,
      );
    } catch (error) {
      request.signal?.throwIfAborted();
      throw networkError(error, answer.context);
    }
  }

  private toResponse(
    { status, headers, context }: OpenAnswer,
    body: Buffer,
    request: RegistryHttpRequest,
  ): RegistryHttpResponse {
    return {
      status,
      headers,
      url: context.url.href,
      body,
      json<T>() {
        try {
          // Some servers write a byte order mark, which is no part of JSON.
          return JSON.parse(body.toString('utf8').replace(/^\ufeff/, '')) as T;
        } catch (error) {
          throw new RegistryError(
            'invalid-response',
            withoutSecrets(
              `${context.title}: could not ${context.operation} at ${
                context.url.host
              }: it answered with ${describeBody(
                headers,
                body,
              )} instead of JSON`,
              secretsOf(request),
            ),
            {
              hint: advise(
                'no-registry-page',
                'Check that the address is that of a registry, and that no proxy or sign-in page answers for it',
              ),
              status,
            },
          );
        }
      },
    };
  }
}

function describeBody(headers: Record<string, string>, body: Buffer): string {
  if (body.length === 0) {
    return 'nothing';
  }
  if (
    headers['content-encoding'] &&
    headers['content-encoding'] !== 'identity'
  ) {
    return `a body in the encoding ${headers['content-encoding']}, which was not asked for,`;
  }
  return headers['content-type']
    ? headers['content-type'].split(';')[0]
    : 'something else';
}
