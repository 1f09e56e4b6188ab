import {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestOptions,
} from 'node:http';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxKubernetes } from '../SandboxKubernetes';
import { JsonObject } from '../objects';

export interface TestAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else the text. */
  body: unknown;
}

export interface TestRequest {
  method: string;
  path: string;
  body?: unknown;
  contentType?: string;
  accept?: string;
  /** A bearer token; that of `admin` unless told otherwise. */
  token?: string;
}

export interface TestWatchEvent {
  type: string;
  object: JsonObject;
}

/** A watch that collects what it is sent. */
export interface TestWatch {
  readonly events: TestWatchEvent[];
  readonly ended: Promise<void>;
  close(): void;
}

/** Speaks plain HTTPS with a sandbox cluster, without a client library. */
export class TestClient {
  static create(kubernetes: SandboxKubernetes): TestClient {
    return new TestClient(kubernetes);
  }

  private constructor(private readonly kubernetes: SandboxKubernetes) {}

  async call(options: TestRequest): Promise<TestAnswer> {
    const { body } = options;
    const text =
      body === undefined || typeof body === 'string'
        ? body
        : JSON.stringify(body);
    const response = await this.open(options, text as string | undefined);
    let answer = '';
    for await (const chunk of response) {
      answer += chunk;
    }
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: parsed(answer),
    };
  }

  get(path: string): Promise<TestAnswer> {
    return this.call({ method: 'GET', path });
  }

  /** Server-side apply as a driver sends it. */
  apply(
    path: string,
    body: unknown,
    query: string = 'fieldManager=deploydriver&force=true',
  ): Promise<TestAnswer> {
    return this.call({
      method: 'PATCH',
      path: `${path}?${query}`,
      contentType: 'application/apply-patch+yaml',
      body,
    });
  }

  /** Opens a watch; it has begun when this returns. */
  async watch(path: string): Promise<TestWatch> {
    const response = await this.open({ method: 'GET', path }, undefined);
    const events: TestWatchEvent[] = [];
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      events.push(...lines.map(line => JSON.parse(line) as TestWatchEvent));
    });
    const ended = new Promise<void>(resolve => {
      response.on('close', resolve);
      response.on('error', () => resolve());
    });
    return { events, ended, close: () => response.destroy() };
  }

  private open(
    options: TestRequest,
    body: string | undefined,
  ): Promise<IncomingMessage> {
    const { url, caCertificate, tokens } = this.kubernetes;
    const settings: RequestOptions & { ca: string } = {
      method: options.method,
      ca: caCertificate,
      headers: {
        Accept: options.accept ?? 'application/json',
        Authorization: `Bearer ${options.token ?? tokens.admin.token}`,
        ...(options.contentType && { 'Content-Type': options.contentType }),
        // Node frames the body of a DELETE only if it is told its length.
        ...(body !== undefined && {
          'Content-Length': String(Buffer.byteLength(body)),
        }),
      },
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(url + options.path, settings, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Logs and plain-text answers are no JSON.
    return text;
  }
}

/** Waits for a condition; fails with what it waited for. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeout = 10_000,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`Timed out waiting until ${what}`);
    }
    await sleep(5);
  }
}
