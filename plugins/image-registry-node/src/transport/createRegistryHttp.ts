import { TlsSettings } from '@slipway/backstage-plugin-image-registry-common';
import { AddressGuard } from '../guard';
import { RequestPriority } from '../provider/RegistryProvider';
import { Patience } from './backoff';
import { createRegistryConnector } from './createRegistryConnector';
import { DefaultRegistryHttp } from './DefaultRegistryHttp';
import { HttpTimeouts, defaultTimeouts } from './exchange';
import { OutgoingProxy } from './OutgoingProxy';
import { RegistryAgent } from './RegistryAgent';
import { RegistryHttp } from './RegistryHttp';
import { RegistryTraffic } from './RegistryTraffic';

/** Options of {@link createRegistryHttp}. */
export interface RegistryHttpOptions {
  registryId: string;
  /** Base URL of the registry; its host alone may be private without being listed. */
  address: string;
  tls: TlsSettings;
  guard: AddressGuard;
  /** Starts every error's sentence, for example `Docker Hub`. */
  title: string;
  /** Distinguishes credentials, so that each has a budget of its own. Never the credentials. */
  credentialsHash?: string;
  /** Where budgets and limits are kept. Default: one for the whole process. */
  traffic?: RegistryTraffic;
  /** Requests at once. Default 6. */
  concurrency?: number;
  timeouts?: Partial<HttpTimeouts>;
  /** Called through it; directly without. Its host may be private. */
  proxy?: OutgoingProxy;
  /** Attempts and waits by priority; for tests. */
  patience?: Readonly<Record<RequestPriority, Patience>>;
  /** Replaces `Math.random` in waits; for tests. */
  random?: () => number;
}

const sharedTraffic = RegistryTraffic.create();

function parseAddress(address: string): { host: string; hostname: string } {
  // A wrong address is told by the guard when the first request is made.
  return URL.canParse(address) ? new URL(address) : { host: '', hostname: '' };
}

/**
 * Makes the HTTP of one registry and credential. Keep it as long as the
 * registry's settings stay the same: it keeps connections open.
 */
export function createRegistryHttp(options: RegistryHttpOptions): RegistryHttp {
  const { host, hostname } = parseAddress(options.address);
  const traffic = options.traffic ?? sharedTraffic;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const connect = createRegistryConnector({
    guard: options.guard,
    ownHost: hostname,
    tls: options.tls,
    connectMs: timeouts.connectMs,
    proxy: options.proxy,
  });
  return new DefaultRegistryHttp({
    guard: options.guard,
    exchanger: {
      timeouts,
      agents: {
        'http:': new RegistryAgent('http:', connect),
        'https:': new RegistryAgent('https:', connect),
      },
    },
    lane: traffic.lane(options.registryId, options.credentialsHash, {
      concurrency: options.concurrency,
    }),
    host,
    ownHost: hostname,
    title: options.title,
    patience: options.patience,
    random: options.random,
  });
}
