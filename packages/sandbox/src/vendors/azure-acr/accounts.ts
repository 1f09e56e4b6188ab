import { randomBytes } from 'node:crypto';
import { SignedInUser } from '../../registry/access/AccessControl';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { formBodyOf, VendorRequest } from '../VendorRequest';

/** Stands for a refresh token in the password's place. */
const TOKEN_USER = '00000000-0000-0000-0000-000000000000';

/** What signs in at the simulated registry and at Microsoft Entra ID. */
export const azureAcrAccounts = {
  tenantId: '72f988bf-0000-4000-8000-000000000001',
  /** An application with the role AcrPull. */
  application: {
    clientId: '5f1c0000-0000-4000-8000-00000000000a',
    clientSecret: 'azure~client~secret~of~portal',
  },
  /** An application with the role Contributor as well. */
  contributor: {
    clientId: '5f1c0000-0000-4000-8000-00000000000c',
    clientSecret: 'azure~client~secret~of~contributor',
  },
  /** An application without a role at the registry. */
  stranger: {
    clientId: '5f1c0000-0000-4000-8000-00000000000b',
    clientSecret: 'azure~client~secret~of~stranger',
  },
  admin: { username: 'acme', password: 'azure-admin-password' },
  /** A token with the scope map of all repositories. */
  token: { username: 'portal', password: 'azure-token-password' },
  /** A token that reads and lists `acme/web` alone. */
  weak: { username: 'web-only', password: 'azure-weak-token-password' },
} as const;

/** Life of a refresh token, in seconds. */
const REFRESH_LIFE = 3 * 3_600;

/** Sign-ins by Entra's tokens, and by all that Docker signs in with. */
export class AzureSignIn {
  private readonly entraTokens = new Map<string, string>();
  private readonly refreshTokens = new Map<string, number>();

  constructor(
    private readonly host: string,
    private readonly clock: VendorClock,
  ) {}

  /** Who signs in to the registry's token service. */
  readonly user = (
    username: string,
    password: string,
  ): SignedInUser | undefined => {
    const { admin, application, token, weak } = azureAcrAccounts;
    const is = (name: string, secret: string) =>
      username === name && password === secret;
    if (is(admin.username, admin.password)) {
      return { username };
    }
    if (is(weak.username, weak.password)) {
      return {
        username,
        access: [
          { repository: 'acme/web', actions: ['pull', 'metadata_read'] },
        ],
      };
    }
    const isReader =
      is(token.username, token.password) ||
      is(application.clientId, application.clientSecret) ||
      (username === TOKEN_USER && this.isFresh(password));
    return isReader
      ? {
          username,
          access: [
            { repository: '*', actions: ['pull', 'metadata_read'] },
            { repository: 'registry:catalog', actions: ['*'] },
          ],
        }
      : undefined;
  };

  /** Entra's token service, of learn.microsoft.com/entra/identity-platform. */
  entraToken(request: VendorRequest): VendorAnswer {
    const { application, contributor, stranger, tenantId } = azureAcrAccounts;
    const form = formBodyOf(request);
    if (!request.path.startsWith(`/${tenantId}/`)) {
      return entraRefusal('invalid_request', 'AADSTS90002: Tenant not found');
    }
    if (
      form.get('grant_type') !== 'client_credentials' ||
      form.get('scope') !== 'https://management.azure.com/.default'
    ) {
      return entraRefusal('invalid_scope', 'AADSTS70011: scope is not valid');
    }
    const id = form.get('client_id');
    const known = [application, contributor, stranger].find(
      each => each.clientId === id,
    );
    if (!known) {
      return entraRefusal(
        'unauthorized_client',
        `AADSTS700016: Application with identifier '${id}' was not found`,
      );
    }
    if (known.clientSecret !== form.get('client_secret')) {
      return entraRefusal(
        'invalid_client',
        'AADSTS7000215: Invalid client secret provided',
        401,
      );
    }
    const token = randomBytes(24).toString('base64url');
    this.entraTokens.set(token, known.clientId);
    return jsonAnswer({
      token_type: 'Bearer',
      expires_in: 3_599,
      access_token: token,
    });
  }

  /** The exchange of azure.github.io/acr/AAD-OAuth.html. */
  exchange(request: VendorRequest): VendorAnswer {
    const form = formBodyOf(request);
    const clientId = this.entraTokens.get(form.get('access_token') ?? '');
    const isAsked =
      form.get('grant_type') === 'access_token' &&
      form.get('service') === this.host;
    if (!isAsked) {
      return refusal(400, 'BAD_REQUEST', 'grant_type or service is wrong');
    }
    if (clientId !== azureAcrAccounts.application.clientId) {
      return refusal(
        401,
        'UNAUTHORIZED',
        'authentication required, visit https://aka.ms/acr/authorization for more information.',
      );
    }
    const exp = Math.floor(this.clock.now() / 1000) + REFRESH_LIFE;
    const claims = Buffer.from(
      JSON.stringify({ exp, jti: randomBytes(8).toString('hex') }),
    ).toString('base64url');
    const token = `header.${claims}.${randomBytes(16).toString('base64url')}`;
    this.refreshTokens.set(token, exp * 1000);
    return jsonAnswer({ refresh_token: token });
  }

  /** The application that a token of Entra was given to. */
  applicationOf(token: string): string | undefined {
    return this.entraTokens.get(token);
  }

  private isFresh(token: string): boolean {
    return (this.refreshTokens.get(token) ?? 0) > this.clock.now();
  }
}

/** An error in the registry's shape. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string | string[]> = {},
): VendorAnswer {
  return jsonAnswer({ errors: [{ code, message }] }, { status, headers });
}

function entraRefusal(
  error: string,
  description: string,
  status = 400,
): VendorAnswer {
  return jsonAnswer(
    {
      error,
      error_description: `${description}. Trace ID: 0 Timestamp: 2026-11-21 10:00:00Z`,
      error_codes: [Number(/\d+/.exec(description)?.[0])],
    },
    { status },
  );
}
