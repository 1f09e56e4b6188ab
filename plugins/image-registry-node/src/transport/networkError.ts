import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { RegistryError, RegistryErrorCode } from '../provider/RegistryError';
import { answerTimeoutCodes } from './answerTimeout';
import { ProxyError } from './proxyError';

/** What a failure is told with. */
export interface FailureContext {
  /** What was being done, as in `list tags of demo/web`. */
  operation: string;
  url: URL;
  /** Vendor, for the start of the sentence. */
  title: string;
}

/** What a failed connection means. */
export interface NetworkFailure {
  code: RegistryErrorCode;
  /** End of a sentence, as in `nothing listens on that port`. */
  because: string;
  hint?: Reason;
}

const untrustedHint = advise(
  'give-ca',
  "Give the authority's certificate in the TLS settings, or switch verification off there",
);

/** By error code of Node's net, dns, tls and http, OpenSSL, and ours. */
const explanations: Readonly<Record<string, NetworkFailure>> = {
  ENOTFOUND: {
    code: 'name-not-found',
    because: 'the name does not resolve',
    hint: advise(
      'check-host-name',
      'Check the spelling of the host; the name must resolve where the backend runs',
    ),
  },
  EAI_AGAIN: {
    code: 'name-not-found',
    because: 'the name server does not answer',
    hint: advise(
      'check-dns',
      'Try again; check the DNS settings of the machine the backend runs on',
    ),
  },
  ECONNREFUSED: {
    code: 'unreachable',
    because: 'nothing listens on that port',
    hint: advise(
      'check-port',
      'Check the port, and that the registry is running',
    ),
  },
  EHOSTUNREACH: {
    code: 'unreachable',
    because: 'there is no route to the host',
    hint: advise(
      'check-network',
      'Check the network between the backend and the registry',
    ),
  },
  ENETUNREACH: {
    code: 'unreachable',
    because: 'there is no route to the network',
    hint: advise(
      'check-network',
      'Check the network between the backend and the registry',
    ),
  },
  ECONNRESET: {
    code: 'unreachable',
    because: 'the connection was cut',
    hint: advise(
      'look-for-firewall',
      'Try again; if it stays, look for a firewall or proxy in between',
    ),
  },
  EPIPE: {
    code: 'unreachable',
    because: 'the connection was cut',
    hint: advise(
      'look-for-firewall',
      'Try again; if it stays, look for a firewall or proxy in between',
    ),
  },
  ETIMEDOUT: {
    code: 'timeout',
    because: 'the connection was not opened in time',
    hint: advise(
      'check-firewall',
      'Check the port and the firewalls between the backend and the registry',
    ),
  },
  [answerTimeoutCodes.headers]: {
    code: 'timeout',
    because: 'the answer did not begin in time',
    hint: advise(
      'check-load',
      'Try again; if it stays, look into the load of the registry',
    ),
  },
  [answerTimeoutCodes.body]: {
    code: 'timeout',
    because: 'the answer stopped in the middle',
    hint: advise(
      'check-load',
      'Try again; if it stays, look into the load of the registry',
    ),
  },
  HPE_HEADER_OVERFLOW: {
    code: 'invalid-response',
    because: 'the headers of the answer are too large',
    hint: advise(
      'check-is-registry',
      'Check that the address is that of a registry',
    ),
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    code: 'untrusted-certificate',
    because: 'the authority that signed its certificate is not known here',
    hint: untrustedHint,
  },
  UNABLE_TO_GET_ISSUER_CERT: {
    code: 'untrusted-certificate',
    because: 'the authority that signed its certificate is not known here',
    hint: untrustedHint,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    code: 'untrusted-certificate',
    because: 'the authority that signed its certificate is not known here',
    hint: untrustedHint,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    code: 'untrusted-certificate',
    because: 'its certificate comes from an authority that is not known here',
    hint: untrustedHint,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    code: 'untrusted-certificate',
    because: 'its certificate is self-signed',
    hint: advise(
      'give-certificate',
      'Give that certificate as CA in the TLS settings, or switch verification off there',
    ),
  },
  CERT_HAS_EXPIRED: {
    code: 'untrusted-certificate',
    because: 'its certificate has expired',
    hint: advise('renew-certificate', 'Renew the certificate of the registry'),
  },
  CERT_NOT_YET_VALID: {
    code: 'untrusted-certificate',
    because: 'its certificate is not valid yet',
    hint: advise('check-clocks', 'Check the clocks of both machines'),
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'untrusted-certificate',
    because: 'its certificate is for another name',
    hint: advise(
      'use-certificate-name',
      'Use a name that the certificate holds, or renew it with this one',
    ),
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    code: 'protocol-mismatch',
    because: 'it speaks plain http on that port, not https',
    hint: advise(
      'write-http',
      'Write the address with http://, or give the https port',
    ),
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    code: 'protocol-mismatch',
    because: 'it does not speak TLS on that port',
    hint: advise(
      'write-http',
      'Write the address with http://, or give the https port',
    ),
  },
};

/** Failures after which the request may have been answered if sent again. */
const retryable: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);

/** How a TLS server often answers plain http: by hanging up. */
const isCut: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** The code that says most: of the error, its cause, or the errors inside. */
function codeOf(error: unknown): string | undefined {
  // Not by instanceof: errors of Node itself may come from another realm.
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const { code, cause, errors, message } = error as {
    code?: unknown;
    cause?: unknown;
    errors?: unknown[];
    message?: unknown;
  };
  if (
    typeof message === 'string' &&
    /SSL.*(wrong version number|packet length too long)/i.test(message)
  ) {
    return 'ERR_SSL_WRONG_VERSION_NUMBER';
  }
  if (typeof code === 'string' && explanations[code]) {
    return code;
  }
  return (
    codeOf(cause) ??
    errors?.map(codeOf).find(Boolean) ??
    (typeof code === 'string' ? code : undefined)
  );
}

/** True when the connection failed in a way that often passes. */
export function isRetryableNetworkError(error: unknown): boolean {
  return retryable.has(codeOf(error) ?? '');
}

/** What an error of a connection means, whoever was connected to. */
export function networkFailure(error: unknown): NetworkFailure {
  const code = codeOf(error);
  return (
    explanations[code ?? ''] ?? {
      code: 'unreachable',
      because: `the connection failed${code ? ` with ${code}` : ''}`,
      hint: advise(
        'check-network-again',
        'Try again; check the network between the backend and the registry',
      ),
    }
  );
}

/** Puts a failed connection into words. Errors that are words already stay. */
export function networkError(
  error: unknown,
  { operation, url, title }: FailureContext,
): RegistryError {
  if (error instanceof RegistryError) {
    return error;
  }
  if (error instanceof ProxyError) {
    return new RegistryError(
      error.code,
      `${title}: could not ${operation} at ${url.host}: ${error.message}`,
      { hint: error.hint, cause: error },
    );
  }
  const explanation = networkFailure(error);
  const perhapsTls = url.protocol === 'http:' && isCut.has(codeOf(error) ?? '');
  return new RegistryError(
    explanation.code,
    `${title}: could not ${operation} at ${url.host}: ${explanation.because}`,
    {
      hint: perhapsTls
        ? advise(
            'perhaps-https',
            'Try again; if it stays, the port may be one for https: write the address with https://',
          )
        : explanation.hint,
      cause: error,
    },
  );
}
