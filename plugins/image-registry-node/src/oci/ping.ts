import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import { RegistryHttpResponse, statusError } from '../transport';
import { OciRequest, OciSession } from './OciSession';

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
  assertRegistry(session, await session.send(pingRequest(options)));
}

/**
 * Asks whether there is a registry, without signing in: the answer may be the
 * challenge of a sign-in.
 *
 * @throws RegistryError when nothing or something else than a registry answers
 */
export async function pingAnonymously(
  session: OciSession,
  options: RegistryCallOptions = {},
): Promise<RegistryHttpResponse> {
  const { path, scopes, acceptStatuses = [], ...rest } = pingRequest(options);
  const response = await session.http.request({
    ...rest,
    url: session.url(path),
    acceptStatuses: [...acceptStatuses, 401],
  });
  if (response.status === 401) {
    session.assertOwnOrigin(response, operation);
  } else {
    assertRegistry(session, response);
  }
  return response;
}

function pingRequest(options: RegistryCallOptions): OciRequest {
  return {
    priority: options.priority,
    signal: options.signal,
    path: '',
    scopes: [],
    operation,
    acceptStatuses: [404],
    maxBytes: 64 * 1024,
  };
}

/** Web servers answer too, with 404 or a page. */
function assertRegistry(
  session: OciSession,
  response: RegistryHttpResponse,
): void {
  const url = new URL(response.url);
  if (response.status === 404) {
    const said = statusError(response, {
      operation,
      url,
      title: session.title,
    });
    throw new RegistryError('invalid-response', said.message, {
      hint: advise(
        'no-registry-here',
        'There is no registry at this address; check the host, the port and the path',
      ),
      status: response.status,
    });
  }
  const { headers, body } = response;
  const isPage =
    /html/i.test(headers['content-type'] ?? '') ||
    /^\s*</.test(body.toString('utf8', 0, 100));
  if (isPage && !headers['docker-distribution-api-version']) {
    throw new RegistryError(
      'invalid-response',
      `${session.title}: could not ${operation} at ${url.host}: a web page answers, not a registry`,
      {
        hint: advise(
          'perhaps-web-page',
          'Check the host, the port and the path; the web interface of a registry often has another address',
        ),
      },
    );
  }
}
