import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import { statusError } from '../transport';
import { OciSession } from './OciSession';

const operation = 'reach the registry API';

/**
 * Asks whether there is a registry, and whether it accepts the credentials as
 * far as its base can tell.
 *
 * @throws RegistryError `unauthenticated` for wrong credentials,
 * `invalid-response` when something else than a registry answers
 */
export async function ping(
  session: OciSession,
  options: RegistryCallOptions = {},
): Promise<void> {
  const response = await session.send({
    ...options,
    path: '',
    scopes: [],
    operation,
    acceptStatuses: [404],
    maxBytes: 64 * 1024,
  });
  const url = new URL(response.url);
  if (response.status === 404) {
    const said = statusError(response, {
      operation,
      url,
      title: session.title,
    });
    throw new RegistryError('invalid-response', said.message, {
      hint: 'There is no registry at this address; check the host, the port and the path',
      status: response.status,
    });
  }
  assertRegistry(session, response.headers, response.body, url);
}

/** A web page answers 200 too. */
function assertRegistry(
  session: OciSession,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  url: URL,
): void {
  const isPage =
    /html/i.test(headers['content-type'] ?? '') ||
    /^\s*</.test(body.toString('utf8', 0, 100));
  if (isPage && !headers['docker-distribution-api-version']) {
    throw new RegistryError(
      'invalid-response',
      `${session.title}: could not ${operation} at ${url.host}: a web page answers, not a registry`,
      {
        hint: 'Check the host, the port and the path; the web interface of a registry often has another address',
      },
    );
  }
}
