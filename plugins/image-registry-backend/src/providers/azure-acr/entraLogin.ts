import {
  advise,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryHttpResponse,
  reportedErrors,
  statusError,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';

/** A service principal of Microsoft Entra ID, with the tenant it is of. */
export interface ServicePrincipal {
  tenantId: string;
  clientId: string;
  clientSecret: string;
}

/** The user name that stands for a refresh token in the password's place. */
export const TOKEN_USER = '00000000-0000-0000-0000-000000000000';

/** Life of a refresh token that does not tell, in ms; they last three hours. */
const DEFAULT_LIFE_MS = 60 * 60 * 1000;
const MAX_BYTES = 64 * 1024;

/** Where a cloud signs in, and where its resources are managed. */
interface Cloud {
  login: string;
  management: string;
}

/** By the end of a registry's host. */
const clouds: ReadonlyArray<Cloud & { suffix: string }> = [
  {
    suffix: '.azurecr.cn',
    login: 'https://login.partner.microsoftonline.cn',
    management: 'https://management.chinacloudapi.cn',
  },
  {
    suffix: '.azurecr.us',
    login: 'https://login.microsoftonline.us',
    management: 'https://management.usgovcloudapi.net',
  },
  {
    suffix: '',
    login: 'https://login.microsoftonline.com',
    management: 'https://management.azure.com',
  },
];

/** The cloud that a registry is in. */
export function cloudOf({
  address,
}: Pick<RegistryConnection, 'address'>): Cloud {
  const { hostname } = new URL(address);
  return clouds.find(({ suffix }) => hostname.endsWith(suffix))!;
}

/**
 * Signs a service principal in: a token of Microsoft Entra ID, which the
 * registry exchanges for a refresh token of its own.
 *
 * @see https://azure.github.io/acr/AAD-OAuth.html
 * @throws RegistryError saying which of the two refused
 */
export async function signInByEntra(
  connection: RegistryConnection,
  principal: ServicePrincipal,
  title: string,
  options: RegistryCallOptions,
): Promise<TemporaryLogin> {
  const { address } = connection;
  const accessToken = await entraToken(connection, principal, title, options);
  const exchanged = await post(connection, {
    ...options,
    url: `${address}/oauth2/exchange`,
    operation: 'exchange the token of Microsoft Entra ID',
    form: {
      grant_type: 'access_token',
      service: new URL(address).host,
      tenant: principal.tenantId,
      access_token: accessToken,
    },
  });
  if (exchanged.status >= 400) {
    throw exchangeRefusal(exchanged, principal, accessToken, title);
  }
  const refreshToken = readToken(exchanged, 'refresh_token', title);
  return {
    username: TOKEN_USER,
    password: refreshToken,
    expiresAt: expiryOf(refreshToken) ?? Date.now() + DEFAULT_LIFE_MS,
  };
}

/**
 * A token of Microsoft Entra ID, for the management of resources.
 * @throws RegistryError `unauthenticated`
 */
export async function entraToken(
  connection: RegistryConnection,
  principal: ServicePrincipal,
  title: string,
  options: RegistryCallOptions,
): Promise<string> {
  const { login, management } = cloudOf(connection);
  const entra = await post(connection, {
    ...options,
    url: `${login}/${encodeURIComponent(principal.tenantId)}/oauth2/v2.0/token`,
    operation: 'sign in to Microsoft Entra ID',
    form: {
      grant_type: 'client_credentials',
      client_id: principal.clientId,
      client_secret: principal.clientSecret,
      scope: `${management}/.default`,
    },
  });
  if (entra.status >= 400) {
    throw entraRefusal(entra, principal, title);
  }
  return readToken(entra, 'access_token', title);
}

function post(
  { http }: RegistryConnection,
  {
    form,
    ...request
  }: RegistryCallOptions & {
    url: string;
    operation: string;
    form: Record<string, string>;
  },
): Promise<RegistryHttpResponse> {
  return http.request({
    ...request,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    maxBytes: MAX_BYTES,
    // The form is a secret: it goes where it is sent and nowhere else.
    maxRedirects: 0,
    acceptStatuses: [400, 401, 403],
  });
}

function readToken(
  response: RegistryHttpResponse,
  name: 'access_token' | 'refresh_token',
  title: string,
): string {
  const token = response.json<Record<string, unknown> | undefined>()?.[name];
  // Anything else could not be sent as a header.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new RegistryError(
      'invalid-response',
      `${title}: ${
        new URL(response.url).host
      } answered the sign-in without a token`,
      {
        hint: advise(
          'azure-check-login-server',
          'Check that the address is that of the login server',
        ),
      },
    );
  }
  return token;
}

/** Entra's sentences repeat what was sent: only their code is passed on. */
function entraRefusal(
  response: RegistryHttpResponse,
  { clientId, tenantId }: ServicePrincipal,
  title: string,
): RegistryError {
  const said = reportedErrors(response.body)
    .map(({ message }) => /AADSTS\d+/.exec(message ?? '')?.[0])
    .find(Boolean);
  return new RegistryError(
    'unauthenticated',
    `${title}: could not sign in: Microsoft Entra ID does not accept the application ${clientId} in the directory ${tenantId}${
      said ? ` (${said})` : ''
    }`,
    {
      status: response.status,
      hint: advise(
        'azure-check-principal',
        'Check the application (client) ID, the directory (tenant) ID and the client secret, which ends by itself',
      ),
    },
  );
}

function exchangeRefusal(
  response: RegistryHttpResponse,
  { clientId, clientSecret }: ServicePrincipal,
  accessToken: string,
  title: string,
): RegistryError {
  const { message } = statusError(
    response,
    { operation: 'sign in', title, url: new URL(response.url) },
    [accessToken, clientSecret],
  );
  return new RegistryError(
    response.status === 400 ? 'invalid-response' : 'forbidden',
    `${message}. The application ${clientId} has no role at this registry`,
    {
      status: response.status,
      hint: advise(
        'azure-pull-role',
        `In the registry open Access control (IAM) and give the application ${clientId} the role AcrPull, or Container Registry Repository Reader and Container Registry Repository Catalog Lister`,
        { clientId },
      ),
    },
  );
}

/** When a token ends, in ms since the epoch; undefined when it does not say. */
function expiryOf(token: string): number | undefined {
  try {
    const claims = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
    ) as { exp?: unknown } | null;
    return typeof claims?.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
