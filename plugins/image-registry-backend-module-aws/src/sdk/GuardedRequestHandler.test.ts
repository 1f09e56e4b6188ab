import {
  RegistryHttp,
  RegistryHttpRequest,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';
import { HttpRequest } from '@smithy/types';
import { GuardedRequestHandler } from './GuardedRequestHandler';

/** A transport that answers everything alike and remembers what it was asked. */
function transport(answer: {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}): { http: RegistryHttp; asked: RegistryHttpRequest[] } {
  const asked: RegistryHttpRequest[] = [];
  const { status = 200, headers = {}, body = '{}' } = answer;
  return {
    asked,
    http: {
      async request(request): Promise<RegistryHttpResponse> {
        asked.push(request);
        return {
          status,
          headers,
          url: request.url,
          body: Buffer.from(body),
          json: <T>() => JSON.parse(body) as T,
        };
      },
      stream: () => Promise.reject(new Error('not streamed')),
      budget: () => ({}),
    },
  };
}

const json = { 'content-type': 'application/x-amz-json-1.1' };

const request = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  protocol: 'https:',
  hostname: 'api.ecr.eu-west-1.amazonaws.com',
  method: 'POST',
  path: '/',
  headers: { ...json, host: 'x', 'Content-Length': '2' },
  body: '{}',
  ...changes,
});

describe('GuardedRequestHandler', () => {
  it('sends what the SDK has signed, as it is', async () => {
    const { asked, http } = transport({});
    const handler = new GuardedRequestHandler(http, 'Amazon ECR');
    const options = {
      operation: 'list the repositories',
      priority: 'webhook' as const,
      abortSignal: new AbortController().signal,
    };
    const { response } = await handler.handle(
      request({
        path: '/a',
        query: { one: '1', two: ['2', '3'], three: null },
        port: 8443,
        body: new TextEncoder().encode('{}'),
      }),
      options,
    );
    expect(response).toMatchObject({ statusCode: 200 });
    expect(asked).toEqual([
      {
        method: 'POST',
        url: 'https://api.ecr.eu-west-1.amazonaws.com:8443/a?one=1&two=2&two=3&three=',
        headers: json,
        body: Buffer.from('{}'),
        operation: 'list the repositories',
        priority: 'webhook',
        signal: options.abortSignal,
        maxBytes: expect.any(Number),
        maxRedirects: 0,
        acceptStatuses: [400, 403],
      },
    ]);
  });

  it.each([
    ['JSON', { status: 400, body: '{"__type":"AccessDeniedException"}' }],
    [
      'a header',
      { status: 400, headers: { 'x-amzn-errortype': 'X' }, body: '' },
    ],
    [
      'XML',
      {
        status: 403,
        body: '<ErrorResponse xmlns="x"><Error/></ErrorResponse>\n',
      },
    ],
  ])('leaves errors of AWS in %s to the SDK', async (_name, answer) => {
    const handler = new GuardedRequestHandler(
      transport(answer).http,
      'Amazon ECR',
    );
    const { response } = await handler.handle(request());
    expect(response.statusCode).toBe(answer.status);
  });

  it.each([
    [
      'an empty refusal',
      { status: 403, body: '' },
      'forbidden',
      /answered 403/,
    ],
    [
      'the page of a proxy',
      {
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<html><title>Blocked</title></html>',
      },
      'forbidden',
      /HTML page \(Blocked\)/,
    ],
  ])('puts %s into words', async (_name, answer, code, message) => {
    const handler = new GuardedRequestHandler(
      transport(answer).http,
      'Amazon ECR',
    );
    await expect(handler.handle(request())).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('takes only XML of AWS from STS', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const ask = (body: string) =>
      new GuardedRequestHandler(transport({ body }).http, 'Amazon ECR').handle(
        request({ headers: form, body: 'Action=AssumeRole' }),
      );
    await expect(
      ask('<AssumeRoleResponse></AssumeRoleResponse>\n'),
    ).resolves.toBeDefined();
    await expect(ask('<html></html>')).rejects.toMatchObject({
      code: 'invalid-response',
      message:
        'Amazon ECR: could not sign in at api.ecr.eu-west-1.amazonaws.com: its answer is not one of AWS',
    });
  });
});
