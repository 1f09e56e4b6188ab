import {
  RegistryError,
  RegistryHttp,
  RegistryHttpRequest,
  RegistryHttpResponse,
  remedies,
  RequestPriority,
  statusError,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  HttpHandlerOptions,
  HttpRequest,
  HttpResponse,
  RequestHandler,
  RequestHandlerOutput,
} from '@smithy/types';

/** What a call of the SDK tells the transport, beside the signal. */
export interface SdkCallOptions extends HttpHandlerOptions {
  /** For the sentence of an error. */
  operation: string;
  priority?: RequestPriority;
}

/** A page of 1 000 images with scan summaries and many tags each, in bytes. */
const ANSWER_MAX_BYTES = 16 * 1024 * 1024;

/** Set by the transport itself. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'content-length']);

/**
 * Lets the AWS SDK speak through the transport of one registry: guard, proxy,
 * TLS settings and budget hold for it, too. Answers that are not of AWS, such
 * as the page of a proxy, end here with a sentence.
 */
export class GuardedRequestHandler
  implements RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>
{
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(
    private readonly http: RegistryHttp,
    private readonly title: string,
  ) {}

  async handle(
    request: HttpRequest,
    options: HttpHandlerOptions = {},
  ): Promise<RequestHandlerOutput<HttpResponse>> {
    const { operation = 'sign in', priority }: Partial<SdkCallOptions> =
      options;
    const { abortSignal } = options;
    const sent: RegistryHttpRequest = {
      method: request.method as RegistryHttpRequest['method'],
      url: urlOf(request),
      headers: headersOf(request),
      body: bodyOf(request.body),
      operation,
      priority,
      ...(abortSignal instanceof AbortSignal && { signal: abortSignal }),
      maxBytes: ANSWER_MAX_BYTES,
      // A signature holds for one host.
      maxRedirects: 0,
      // How AWS says what is wrong; STS uses 403.
      acceptStatuses: [400, 403],
    };
    const response = await this.http.request(sent);
    this.assertOfAws(response, sent);
    return {
      response: {
        statusCode: response.status,
        headers: { ...response.headers },
        body: new Uint8Array(response.body),
      },
    };
  }

  /** Nothing of it can be set from outside. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  private assertOfAws(
    response: RegistryHttpResponse,
    sent: RegistryHttpRequest,
  ): void {
    const isJsonCall = /json/.test(sent.headers?.['content-type'] ?? '');
    if (response.status >= 400) {
      if (!isErrorOfAws(response)) {
        throw statusError(response, {
          operation: sent.operation,
          title: this.title,
          url: new URL(response.url),
        });
      }
    } else if (isJsonCall) {
      response.json();
    } else if (!/<\/\w+Response>\s*$/.test(response.body.toString('utf8'))) {
      throw new RegistryError(
        'invalid-response',
        `${this.title}: could not ${sent.operation} at ${
          new URL(response.url).host
        }: its answer is not one of AWS`,
        { hint: remedies.checkSignInPage },
      );
    }
  }
}

function urlOf({ protocol, hostname, port, path, query }: HttpRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of [value ?? ''].flat()) {
      search.append(name, each);
    }
  }
  const authority = port === undefined ? hostname : `${hostname}:${port}`;
  const text = search.size > 0 ? `?${search}` : '';
  return `${protocol}//${authority}${path || '/'}${text}`;
}

function headersOf({ headers }: HttpRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !ownHeaders.has(name)),
  );
}

function bodyOf(body: unknown): string | Buffer | undefined {
  if (body === undefined || typeof body === 'string') {
    return body;
  }
  if (ArrayBuffer.isView(body)) {
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  }
  throw new TypeError('The calls to AWS that are made here send no streams');
}

/** JSON with the kind of the error, its header, or the XML of STS. */
function isErrorOfAws({ headers, body }: RegistryHttpResponse): boolean {
  const text = body.toString('utf8');
  return (
    headers['x-amzn-errortype'] !== undefined ||
    /^\s*\{.*"__type"\s*:/s.test(text) ||
    /^\s*(<\?xml[^>]*>\s*)?<ErrorResponse[\s>].*<\/ErrorResponse>\s*$/s.test(
      text,
    )
  );
}
