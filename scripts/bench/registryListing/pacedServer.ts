import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { manyTags } from './manyTags';

const PAGE = 1_000;

/**
 * As a process of its own: a registry that answers each page after so many
 * milliseconds, and says its port on standard output. Pages are made
 * beforehand, so that the delay is all that it takes.
 */
function main([roundTripMs]: string[]): void {
  const tags = manyTags().sort();
  const pages = new Map<string, { link?: string; body: string }>();
  for (let start = 0; start < tags.length; start += PAGE) {
    const page = tags.slice(start, start + PAGE);
    const isLast = start + PAGE >= tags.length;
    pages.set(start === 0 ? '' : tags[start - 1], {
      body: JSON.stringify({ name: 'bench/paged', tags: page }),
      ...(!isLast && {
        link: `</v2/bench/paged/tags/list?n=${PAGE}&last=${page.at(
          -1,
        )}>; rel="next"`,
      }),
    });
  }
  const server = createServer(async (request, response) => {
    await sleep(Number(roundTripMs));
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const page = pages.get(query.get('last') ?? '');
    response.writeHead(page ? 200 : 404, {
      'content-type': 'application/json',
      ...(page?.link && { link: page.link }),
    });
    response.end(page?.body);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${port}\n`);
  });
}

main(process.argv.slice(2));
