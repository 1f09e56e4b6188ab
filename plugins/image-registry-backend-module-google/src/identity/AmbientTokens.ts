import {
  advise,
  RegistryCallOptions,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { GoogleAuth } from 'google-auth-library';
import { TITLE } from '../title';
import { AccessTokens, TokenScope, tokenScopes } from './AccessTokens';

/**
 * Access tokens of the identity that the backend has itself: Application
 * Default Credentials. The library finds it with requests of its own, to the
 * metadata server too, which the guard of registries always refuses.
 */
export class AmbientTokens implements AccessTokens {
  readonly #auths = {
    portal: new GoogleAuth({ scopes: [tokenScopes.portal] }),
    pull: new GoogleAuth({ scopes: [tokenScopes.pull] }),
  };

  async fetch(
    _options: RegistryCallOptions,
    scope: TokenScope,
  ): Promise<{ token: string; expiresAt?: number }> {
    try {
      const client = await this.#auths[scope].getClient();
      const { token } = await client.getAccessToken();
      const expiresAt = client.credentials.expiry_date;
      if (token) {
        return {
          token,
          ...(typeof expiresAt === 'number' && { expiresAt }),
        };
      }
    } catch {
      // What the library throws holds requests with secrets; said below.
    }
    throw new RegistryError(
      'unauthenticated',
      `${TITLE}: could not get an access token: no Google identity was found where the backend runs`,
      {
        hint: advise(
          'google-give-identity',
          'Give the backend a service account (workload identity, the one of the machine, or GOOGLE_APPLICATION_CREDENTIALS)',
        ),
      },
    );
  }

  async project(): Promise<string | undefined> {
    return this.#auths.portal.getProjectId().catch(() => undefined);
  }
}
