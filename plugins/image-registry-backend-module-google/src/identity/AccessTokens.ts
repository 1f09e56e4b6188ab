import { RegistryCallOptions } from '@slipway/backstage-plugin-image-registry-node';

/** OAuth access tokens of one identity. */
export interface AccessTokens {
  /**
   * @param scope - what the token may be used for, beside the roles
   * @throws RegistryError
   */
  fetch(
    options: RegistryCallOptions,
    scope: TokenScope,
  ): Promise<{ token: string; expiresAt?: number }>;
  /** The project that the identity belongs to, where it is known. */
  project(): Promise<string | undefined>;
}

/**
 * What a token may be used for; the roles of the identity limit it further.
 *
 * @see https://cloud.google.com/artifact-registry/docs/integrate-compute
 */
export const tokenScopes = {
  /** The portal's own calls: listings, scans, subscriptions. */
  portal: 'https://www.googleapis.com/auth/cloud-platform',
  /** Downloads of images, and of what else is read from storage. */
  pull: 'https://www.googleapis.com/auth/devstorage.read_only',
} as const;

/** {@inheritDoc tokenScopes} */
export type TokenScope = keyof typeof tokenScopes;
