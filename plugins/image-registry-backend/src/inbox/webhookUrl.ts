import {
  DiscoveryService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { isIP } from 'node:net';

/**
 * What registries call, without a slash at the end: the configured address,
 * else the portal's own.
 */
export async function readWebhookBaseUrl(options: {
  config: RootConfigService;
  discovery: DiscoveryService;
}): Promise<string> {
  const base = options.config.getOptionalString(
    'imageRegistry.webhook.baseUrl',
  );
  return base
    ? `${base.replace(/\/+$/, '')}/api/image-registry`
    : options.discovery.getExternalBaseUrl('image-registry');
}

function isPrivateAddress(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address) === 4) {
    return /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(
      address,
    );
  }
  return isIP(address) === 6 && /^(::1$|f[cd]|fe80)/i.test(address);
}

/**
 * What would keep a registry from calling a webhook URL, said before it is
 * copied; undefined when nothing is seen.
 */
export function warnAboutUrl(url: string): Reason | undefined {
  const { hostname, protocol } = new URL(url);
  const params = { host: hostname };
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) {
    return {
      code: 'webhook-url-localhost',
      message: `${hostname} is only reachable on the machine of the portal itself; set imageRegistry.webhook.baseUrl to an address that the registry can reach`,
      params,
    };
  }
  if (isPrivateAddress(hostname)) {
    return {
      code: 'webhook-url-private',
      message: `${hostname} is a private address; a registry outside of this network cannot reach it`,
      params,
    };
  }
  if (!hostname.includes('.')) {
    return {
      code: 'webhook-url-short-name',
      message: `${hostname} is a name without a domain; a registry outside of this network cannot reach it`,
      params,
    };
  }
  return protocol === 'http:'
    ? {
        code: 'webhook-url-plain-http',
        message: `The secret travels unencrypted to ${hostname}; use https`,
        params,
      }
    : undefined;
}
