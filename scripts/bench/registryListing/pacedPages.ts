import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, ClientRequest, get, IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { createAddressGuard } from '../../../plugins/image-registry-node/src/guard';
import { createOciClient } from '../../../plugins/image-registry-node/src/oci/OciClient';
import { createRegistryHttp } from '../../../plugins/image-registry-node/src/transport';
import { TAGS } from './manyTags';

const root = resolve(__dirname, '../../..');

/** What reading all pages took, in ms. */
export interface PacedTimes {
  client: number;
  /** The shortest program that reads them: what the machine itself takes. */
  bare: number;
  pages: number;
}

async function byClient(address: string): Promise<number> {
  const http = createRegistryHttp({
    registryId: 'paced',
    address,
    tls: { verify: true },
    guard: createAddressGuard({ allowedLoopback: ['localhost'] }),
    title: 'Docker Registry',
  });
  const client = createOciClient({ http, address, title: 'Docker Registry' });
  const begin = performance.now();
  const { items } = await client.listTags('bench/paged');
  const ms = performance.now() - begin;
  if (items.length !== TAGS) {
    throw new Error(`${items.length} of ${TAGS} tags were listed`);
  }
  return ms;
}

async function byLoop(address: string): Promise<{ ms: number; pages: number }> {
  const agent = new Agent({ keepAlive: true });
  const begin = performance.now();
  let pages = 0;
  let path: string | undefined = '/v2/bench/paged/tags/list?n=1000';
  while (path) {
    const request: ClientRequest = get(`${address}${path}`, { agent });
    const [response]: IncomingMessage[] = await once(request, 'response');
    await json(response);
    path = /<(.*)>/.exec(String(response.headers.link))?.[1];
    pages += 1;
  }
  agent.destroy();
  return { ms: performance.now() - begin, pages };
}

/**
 * How long a listing of pages takes where each answer takes its time; the
 * client and the loop in turn.
 */
export async function pacedPages(
  roundTripMs: number,
  runs: number,
): Promise<PacedTimes[]> {
  const server = spawn(
    resolve(root, 'scripts/run-ts'),
    [resolve(__dirname, 'pacedServer.ts'), String(roundTripMs)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [port] = await once(server.stdout, 'data');
    const address = `http://127.0.0.1:${String(port).trim()}`;
    const times: PacedTimes[] = [];
    for (let run = 0; run < runs; run++) {
      const client = await byClient(address);
      const { ms, pages } = await byLoop(address);
      times.push({ client, bare: ms, pages });
    }
    return times;
  } finally {
    server.kill();
  }
}
