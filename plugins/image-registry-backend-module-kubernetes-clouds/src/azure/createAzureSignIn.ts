import { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import {
  ClusterSignIn,
  ClusterSignInError,
} from '@slipway/backstage-plugin-image-registry-node';
import { azureSignInError } from './azureSignInError';

/** The application of AKS in every tenant: what its API servers take. */
const AKS_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

/** What signing in to AKS needs from outside. */
export interface AzureSignInOptions {
  /** The identity of the backend; found by the Azure library if absent. */
  credential?: TokenCredential;
}

/** Signs in to AKS with Microsoft Entra ID as the backend itself. */
export function createAzureSignIn({
  credential,
}: AzureSignInOptions = {}): ClusterSignIn {
  let shared = credential;
  return {
    authProvider: 'azure',
    open() {
      // It looks for the identity once, for all clusters.
      shared ??= new DefaultAzureCredential();
      const identity = shared;
      return {
        async fetch() {
          const token = await identity
            .getToken(AKS_SCOPE)
            .catch((error: unknown) => {
              throw azureSignInError(error);
            });
          if (!token) {
            throw new ClusterSignInError(
              'Microsoft Entra ID gave no token',
              'Check the identity of the backend.',
            );
          }
          return { token: token.token, expiresAt: token.expiresOnTimestamp };
        },
      };
    },
  };
}
