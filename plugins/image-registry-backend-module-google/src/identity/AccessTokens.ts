import { RegistryCallOptions } from '@slipway/backstage-plugin-image-registry-node';

/** OAuth access tokens of one identity. */
export interface AccessTokens {
  /** @throws RegistryError */
  fetch(
    options: RegistryCallOptions,
  ): Promise<{ token: string; expiresAt?: number }>;
  /** The project that the identity belongs to, where it is known. */
  project(): Promise<string | undefined>;
}

/** What tokens may be used for; the roles of the identity limit it. */
export const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
