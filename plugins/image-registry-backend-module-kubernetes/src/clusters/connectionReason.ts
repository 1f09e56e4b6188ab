import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';

const untrusted = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Without a connection nothing was sent. */
const unconnected = new Set([
  ...untrusted,
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a call failed before anything of it was sent. */
export function isUnsent(error: unknown): boolean {
  return unconnected.has(codeOf(error) ?? '');
}

/** Why no answer came from a cluster. */
export function connectionReason(
  cluster: string,
  error: unknown,
  late: boolean,
): Reason {
  if (late) {
    return because(
      'cluster-late',
      `Cluster ${cluster} did not answer in time.`,
      { cluster },
    );
  }
  const code = codeOf(error);
  if (code !== undefined && untrusted.has(code)) {
    return because(
      'cluster-certificate-untrusted',
      `The certificate of cluster ${cluster} is not trusted: configure its CA (${code}).`,
      { cluster, error: code },
    );
  }
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return because(
        'cluster-certificate-expired',
        `The certificate of cluster ${cluster} has expired.`,
        { cluster },
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return because(
        'cluster-certificate-of-other',
        `The certificate of cluster ${cluster} is for another name.`,
        { cluster },
      );
    case 'ENOTFOUND':
      return because(
        'cluster-name-unknown',
        `The address of cluster ${cluster} is not known to DNS.`,
        { cluster },
      );
    case 'ECONNREFUSED':
      return because(
        'cluster-refuses-connections',
        `Cluster ${cluster} refuses connections.`,
        { cluster },
      );
    default:
      return code
        ? because(
            'cluster-connection-failed-by',
            `The connection to cluster ${cluster} failed (${code}).`,
            { cluster, error: code },
          )
        : because(
            'cluster-connection-failed',
            `The connection to cluster ${cluster} failed.`,
            { cluster },
          );
  }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const { code, cause, errors } = error as {
    code?: unknown;
    cause?: unknown;
    errors?: unknown;
  };
  if (typeof code === 'string') {
    return code;
  }
  // Trying several addresses of one name gives an error for each.
  return codeOf(Array.isArray(errors) ? errors[0] : cause);
}
