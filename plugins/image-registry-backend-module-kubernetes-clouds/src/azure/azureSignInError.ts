import { ClusterSignInError } from '@slipway/backstage-plugin-image-registry-node';
import { connectionCode } from '../connectionCode';

/** Numbers of Microsoft Entra ID that tell what to do. */
const remedies: Record<string, string> = {
  AADSTS700016: 'Check AZURE_CLIENT_ID and AZURE_TENANT_ID.',
  AADSTS70021:
    'Add a federated credential for the service account of the backend.',
  AADSTS700213:
    'Add a federated credential for the service account of the backend.',
  AADSTS7000215: 'Enter a valid client secret.',
  AADSTS7000222: 'The client secret has expired: enter a new one.',
  AADSTS90002: 'Check AZURE_TENANT_ID.',
};

/** Says why Microsoft Entra ID gave no token. */
export function azureSignInError(error: unknown): ClusterSignInError {
  const { name, message } =
    error instanceof Error ? error : { name: '', message: '' };
  const number = /AADSTS\d+/.exec(message)?.[0];
  if (number !== undefined) {
    return new ClusterSignInError(
      `Microsoft Entra ID refuses the identity of the backend (${number})`,
      remedies[number] ??
        'Look the number up in the list of errors of Microsoft Entra ID.',
    );
  }
  const code = connectionCode(error);
  if (code === undefined && name === 'CredentialUnavailableError') {
    return new ClusterSignInError(
      'no Azure identity was found where the backend runs',
      'Give the backend a managed identity, a workload identity, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
    );
  }
  return new ClusterSignInError(
    `Microsoft Entra ID gave no token (${code ?? (name || 'unknown')})`,
    'Check the identity of the backend, and that it reaches login.microsoftonline.com.',
  );
}
