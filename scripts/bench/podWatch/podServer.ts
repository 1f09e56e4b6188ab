import { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import {
  createCertificateAuthority,
  createServerCertificate,
} from '@slipway/sandbox';
import { PODS, podOf } from './manyPods';

/** Changes of pods that each watch is told in a second. */
const CHANGES_PER_SECOND = 50;

/**
 * An API server of nothing but many pods: lists them page by page, and tells
 * watches that some of them change. The sandbox would run each of them.
 */
async function main(): Promise<void> {
  const authority = await createCertificateAuthority();
  const { certificate, key } = await createServerCertificate(authority, [
    '127.0.0.1',
  ]);
  let watches = 0;
  const server = createServer({ cert: certificate, key }, (request, answer) => {
    const { pathname, searchParams } = new URL(
      request.url ?? '/',
      'https://localhost',
    );
    const isPods = pathname.endsWith('/pods');
    if (!isPods) {
      send(answer, { metadata: { resourceVersion: '1' }, items: [] });
    } else if (searchParams.has('watch')) {
      watches += 1;
      process.send?.({ watches });
      watch(answer);
    } else {
      send(answer, page(searchParams));
    }
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({
      url: `https://127.0.0.1:${port}`,
      caCertificate: authority.ca,
    });
  });
}

function send(answer: ServerResponse, body: object): void {
  answer.setHeader('content-type', 'application/json');
  answer.end(JSON.stringify(body));
}

function page(query: URLSearchParams): object {
  const begin = Number(query.get('continue') ?? 0);
  const end = Math.min(PODS, begin + Number(query.get('limit') ?? PODS));
  return {
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: {
      resourceVersion: '1000000',
      ...(end < PODS && { continue: String(end) }),
    },
    items: Array.from({ length: end - begin }, (_, place) =>
      podOf(begin + place, 0),
    ),
  };
}

function watch(answer: ServerResponse): void {
  answer.setHeader('content-type', 'application/json');
  answer.flushHeaders();
  let changes = 0;
  const timer = setInterval(() => {
    changes += 1;
    const object = podOf((changes * 7919) % PODS, changes);
    answer.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
  }, 1000 / CHANGES_PER_SECOND);
  answer.on('close', () => clearInterval(timer));
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
