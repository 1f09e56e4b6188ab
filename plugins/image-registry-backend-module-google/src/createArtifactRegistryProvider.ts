import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { ArtifactRegistryClient } from './ArtifactRegistryClient';
import { createArtifactRegistryDescriptor } from './descriptor';
import {
  createTokens,
  InvalidKeyError,
  readServiceAccountKey,
} from './identity';
import { parsePlace } from './place';
import { artifactRegistryWebhook } from './webhook';

/** Options of {@link createArtifactRegistryProvider}. */
export interface ArtifactRegistryProviderOptions {
  /**
   * Whether registries may use the backend's own Google identity. Default:
   * false.
   */
  ambientIdentity?: boolean;
}

/** Google Artifact Registry, and the hosts of the former Container Registry. */
export function createArtifactRegistryProvider({
  ambientIdentity = false,
}: ArtifactRegistryProviderOptions = {}): RegistryProvider {
  return {
    descriptor: createArtifactRegistryDescriptor({ ambientIdentity }),
    webhook: artifactRegistryWebhook,
    normalizeAddress: text => `https://${parsePlace(text).host}`,
    validate: ({ credentials }) => validateKey(credentials?.serviceAccountKey),
    connect: connection =>
      new ArtifactRegistryClient(
        connection,
        parsePlace(connection.address),
        createTokens(connection, ambientIdentity),
      ),
  };
}

function validateKey(text: string | undefined): Record<string, Reason> {
  if (!text) {
    return {};
  }
  try {
    readServiceAccountKey(text);
    return {};
  } catch (error) {
    if (!(error instanceof InvalidKeyError)) {
      throw error;
    }
    return { 'credentials.serviceAccountKey': error.reason };
  }
}
