import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAddressGuard } from '../../../plugins/image-registry-node/src/guard';
import { createOciClient } from '../../../plugins/image-registry-node/src/oci/OciClient';
import { createRegistryHttp } from '../../../plugins/image-registry-node/src/transport';

const PAGE = 1_000;

/** How long a listing of pages takes where each answer takes its time. */
export async function pacedPages(
  tags: string[],
  roundTripMs: number,
): Promise<{ ms: number; pages: number }> {
  let pages = 0;
  const server = createServer(async (request, response) => {
    await sleep(roundTripMs);
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const last = query.get('last');
    const start = last === null ? 0 : tags.indexOf(last) + 1;
    const page = tags.slice(start, start + PAGE);
    const more = start + PAGE < tags.length;
    pages += 1;
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(more && {
        link: `</v2/bench/paged/tags/list?n=${PAGE}&last=${page.at(
          -1,
        )}>; rel="next"`,
      }),
    });
    response.end(JSON.stringify({ name: 'bench/paged', tags: page }));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  try {
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
    if (items.length !== tags.length) {
      throw new Error(`${items.length} of ${tags.length} tags were listed`);
    }
    return { ms, pages };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
