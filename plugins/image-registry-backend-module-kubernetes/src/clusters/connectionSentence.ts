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

/** Says in words why no answer came from a cluster. */
export function connectionSentence(
  cluster: string,
  error: unknown,
  late: boolean,
): string {
  if (late) {
    return `Cluster ${cluster} did not answer in time.`;
  }
  const code = codeOf(error);
  if (code !== undefined && untrusted.has(code)) {
    return `The certificate of cluster ${cluster} is not trusted: configure its CA (${code}).`;
  }
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of cluster ${cluster} has expired.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of cluster ${cluster} is for another name.`;
    case 'ENOTFOUND':
      return `The address of cluster ${cluster} is not known to DNS.`;
    case 'ECONNREFUSED':
      return `Cluster ${cluster} refuses connections.`;
    default:
      return `The connection to cluster ${cluster} failed${
        code ? ` (${code})` : ''
      }.`;
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
