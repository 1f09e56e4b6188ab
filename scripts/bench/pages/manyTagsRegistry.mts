import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Tags of the repository. */
export const TAGS = 50_000;
export const REPOSITORY = 'bench/many';
/** Most that a registry tells at once. */
const LONGEST_PAGE = 1_000;

/** Versions, builds and branches side by side, as registries have them. */
function manyTags(): string[] {
  return Array.from({ length: TAGS }, (_, index) =>
    index % 2 === 0
      ? `v${index % 7}.${index % 100}.${Math.floor(index / 700)}`
      : `main-${index}-${(index * 7919).toString(16)}`,
  ).sort();
}

/** An open registry that has one repository with many tags. */
export async function startManyTagsRegistry(): Promise<{
  address: string;
  stop(): void;
}> {
  const tags = manyTags();
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(
      request.url ?? '/',
      'http://localhost',
    );
    response.setHeader('docker-distribution-api-version', 'registry/2.0');
    if (pathname === `/v2/${REPOSITORY}/tags/list`) {
      const last = searchParams.get('last');
      const begin = last ? tags.indexOf(last) + 1 : 0;
      const asked = Number(searchParams.get('n') ?? LONGEST_PAGE);
      const end = begin + Math.min(asked, LONGEST_PAGE);
      const page = tags.slice(begin, end);
      if (end < tags.length) {
        response.setHeader(
          'link',
          `<${pathname}?n=${asked}&last=${page.at(-1)}>; rel="next"`,
        );
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name: REPOSITORY, tags: page }));
    } else if (pathname.startsWith(`/v2/${REPOSITORY}/manifests/`)) {
      const digest = createHash('sha256').update(pathname).digest('hex');
      response.setHeader('docker-content-digest', `sha256:${digest}`);
      response.setHeader(
        'content-type',
        'application/vnd.oci.image.manifest.v1+json',
      );
      response.end('{}');
    } else {
      response.statusCode = pathname === '/v2/' ? 200 : 404;
      response.end('{}');
    }
  });
  await new Promise<void>(listening => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
