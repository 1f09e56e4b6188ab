import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { RegistryErrorCode } from '../provider/RegistryError';

/**
 * The way through the proxy failed. Its message is the end of a sentence; who
 * was called, and for what, is added where that is known.
 */
export class ProxyError extends Error {
  constructor(
    readonly code: RegistryErrorCode,
    because: string,
    readonly hint: Reason,
    options?: ErrorOptions,
  ) {
    super(because, options);
    this.name = 'ProxyError';
  }
}

/** The proxy answered something else than that the tunnel is open. */
export function proxyRefusal(
  proxy: URL,
  target: string,
  status: number,
): ProxyError {
  const the = `the proxy ${proxy.host}`;
  switch (status) {
    case 407:
      return new ProxyError(
        'unreachable',
        `${the} asks for another sign-in (407)`,
        advise(
          'check-proxy-login',
          'Check the user name and the password of the proxy',
        ),
      );
    case 403:
    case 405:
      return new ProxyError(
        'unreachable',
        `${the} does not allow connections to ${target} (${status})`,
        advise(
          'allow-connect',
          `Have the proxy allow CONNECT to ${target}, or list the host as one that needs no proxy`,
          { target },
        ),
      );
    case 504:
      return new ProxyError(
        'timeout',
        `${the} got no connection to ${target} in time (504)`,
        advise(
          'check-proxy-firewall',
          'Check the address, and the firewalls between the proxy and the registry',
        ),
      );
    default:
      return new ProxyError(
        'unreachable',
        `${the} could not connect to ${target} (${status})`,
        status === 502 || status === 503
          ? advise(
              'check-proxy-name',
              'Check the spelling of the host: its name must resolve where the proxy runs',
            )
          : advise(
              'check-proxy-kind',
              'Check that the address is that of an HTTP proxy, and look into its log',
            ),
      );
  }
}
