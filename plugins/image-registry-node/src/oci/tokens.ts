import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import {
  RegistryHttp,
  RegistryHttpRequest,
  RegistryHttpResponse,
  secretsOf,
  statusError,
} from '../transport';
import { OciCredentials, basicAuthorization } from './credentials';
import { IssuedToken } from './TokenCache';

/** What a token is asked for. */
export interface TokenRequest {
  realm: URL;
  service?: string;
  /** The newest first. */
  scopes: readonly string[];
  credentials?: OciCredentials;
}

/** Shortest life that a token is given, in seconds: the default of the protocol. */
const minimumLifeSeconds = 60;
const maxBytes = 64 * 1024;
const clientId = 'backstage-image-registry';
const operation = 'sign in';

/** Answers that mean: this way of asking is not offered. */
const notThisWay: readonly number[] = [404, 405];
/** Some services answer so to a POST that they do not know. */
const perhapsNotThisWay: readonly number[] = [...notThisWay, 400, 401];

interface TokenAnswer {
  token?: unknown;
  access_token?: unknown;
  expires_in?: unknown;
}

function tokenUrl({ realm, service, scopes, credentials }: TokenRequest): URL {
  const url = new URL(realm);
  if (service) {
    url.searchParams.set('service', service);
  }
  scopes.forEach(scope => url.searchParams.append('scope', scope));
  if (credentials && 'username' in credentials) {
    url.searchParams.set('account', credentials.username);
  }
  return url;
}

function getRequest(request: TokenRequest): RegistryHttpRequest {
  return {
    operation,
    url: tokenUrl(request).href,
    headers: request.credentials
      ? { authorization: basicAuthorization(request.credentials) }
      : {},
  };
}

function postRequest(
  { realm, service, scopes }: TokenRequest,
  credentials: OciCredentials,
): RegistryHttpRequest {
  const grant: Record<string, string> =
    'identityToken' in credentials
      ? {
          grant_type: 'refresh_token',
          refresh_token: credentials.identityToken,
        }
      : { grant_type: 'password', ...credentials };
  const form = new URLSearchParams({
    ...grant,
    client_id: clientId,
    ...(service ? { service } : {}),
    ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
  });
  return {
    operation,
    method: 'POST',
    url: realm.href,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    // The form is a secret: it goes to the realm and nowhere else.
    maxRedirects: 0,
  };
}

function readAnswer(
  response: RegistryHttpResponse,
  title: string,
): IssuedToken {
  const answer = response.json<TokenAnswer | undefined>();
  const token = [answer?.token, answer?.access_token].find(Boolean);
  // Anything else could not be sent as a header.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new RegistryError(
      'invalid-response',
      `${title}: ${
        new URL(response.url).host
      } answered the sign-in without a token`,
    );
  }
  const life = Number(answer?.expires_in);
  return {
    token,
    // Counted from now by our clock: the service's may differ.
    expiresAt:
      Date.now() +
      1000 * Math.max(minimumLifeSeconds, Number.isFinite(life) ? life : 0),
  };
}

function signInFailure(
  response: RegistryHttpResponse,
  request: RegistryHttpRequest,
  title: string,
): RegistryError {
  const failure = statusError(
    response,
    { operation, title, url: new URL(response.url) },
    secretsOf(request),
  );
  return failure.code === 'unauthenticated'
    ? new RegistryError(
        'unauthenticated',
        `${title}: ${
          new URL(response.url).host
        } does not accept the user name and password`,
        { hint: failure.remedy, status: response.status },
      )
    : failure;
}

/**
 * Fetches a token from a token service: by GET with Basic, or anonymously; an
 * identity token by the POST of OAuth 2. Where the service does not know one
 * way the other is tried.
 *
 * @throws RegistryError `unauthenticated` when it refuses the credentials
 */
export async function fetchToken(
  http: RegistryHttp,
  title: string,
  request: TokenRequest,
  options: Pick<RegistryCallOptions, 'priority'>,
): Promise<IssuedToken> {
  const { credentials } = request;
  const ways = [getRequest(request)];
  let fallbackOn = notThisWay;
  if (credentials) {
    const post = postRequest(request, credentials);
    if ('identityToken' in credentials) {
      ways.unshift(post);
      fallbackOn = perhapsNotThisWay;
    } else {
      ways.push(post);
    }
  }
  const [first, second] = ways.map(way => ({ ...way, ...options, maxBytes }));
  const acceptStatuses = [400, 401, 404, 405];
  let sent = first;
  let response = await http.request({ ...first, acceptStatuses });
  if (second && fallbackOn.includes(response.status)) {
    sent = second;
    response = await http.request({ ...second, acceptStatuses });
  }
  if (response.status >= 400) {
    throw signInFailure(response, sent, title);
  }
  return readAnswer(response, title);
}
