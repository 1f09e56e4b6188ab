import {
  createServer as createHttpServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { AccessOptions } from './access/AccessControl';
import { createAccessControl } from './access/createAccessControl';
import {
  DISTRIBUTION_2_8,
  DISTRIBUTION_3,
  DistributionBehavior,
} from './behavior';
import { ContentStore } from './content/ContentStore';
import { FaultInjector } from './faults/FaultInjector';
import { ImageBundle, storeBundle } from './images/ImageBundle';
import { NotificationEndpointInput } from './notifications/NotificationEndpoint';
import { Notifier } from './notifications/Notifier';
import { ImageExistence, resolveDigest, resolveImage } from './resolveImage';
import { RegistryListener } from './RegistryListener';
import { RegistryProtocol } from './RegistryProtocol';

/** How a sandbox registry is started. */
export interface SandboxRegistryOptions {
  /** Address to listen on; 127.0.0.1 by default. */
  host?: string;
  /** 0, the default, takes a free port. */
  port?: number;
  /** Serves https with this PEM pair. */
  tls?: { key: string; certificate: string };
  /** As distribution 3 by default. */
  behavior?: '3' | '2.8' | Partial<DistributionBehavior>;
  /** Open by default. */
  access?: AccessOptions;
  /** True by default, unlike distribution. */
  deleteEnabled?: boolean;
  notifications?: {
    endpoints?: NotificationEndpointInput[];
    /** `references` in events about manifests; true by default. */
    includeReferences?: boolean;
  };
  /** Other `host:port` names by which images of this registry are known. */
  aliases?: string[];
}

/** A running registry. */
export interface SandboxRegistry {
  /** `http://host:port` or `https://host:port`. */
  readonly url: string;
  /** `host:port`, as image references begin. */
  readonly address: string;
  /** All `host:port` names by which its images are known. */
  readonly hosts: string[];
  readonly content: ContentStore;
  readonly faults: FaultInjector;
  readonly notifier: Notifier;
  /** Stores an image without a request and without an event. */
  store(repository: string, bundle: ImageBundle, tags?: string[]): void;
  /** Whether this registry holds the image; `unknown` for another's. */
  resolveImage(image: string): ImageExistence;
  /** Digest of an image that this registry holds. */
  resolveDigest(image: string): string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts an OCI registry that keeps everything in memory.
 *
 * @throws Error of the socket when the port is taken.
 */
export async function startSandboxRegistry(
  options: SandboxRegistryOptions = {},
): Promise<SandboxRegistry> {
  const { tls, host = '127.0.0.1' } = options;
  const content = new ContentStore();
  const faults = new FaultInjector();
  const notifier = new Notifier();
  options.notifications?.endpoints?.forEach(each => notifier.setEndpoint(each));
  const listener = new RegistryListener({
    faults,
    protocol: new RegistryProtocol({
      content,
      notifier,
      behavior: behaviorOf(options.behavior),
      access: createAccessControl(options.access ?? { mode: 'open' }),
      deleteEnabled: options.deleteEnabled ?? true,
      includeReferences: options.notifications?.includeReferences ?? true,
    }),
    scheme: tls ? 'https' : 'http',
  });
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    listener.handle(incoming, outgoing);
  };
  const server = tls
    ? createHttpsServer({ key: tls.key, cert: tls.certificate }, handle)
    : createHttpServer(handle);
  const port = await listen(server, host, options.port ?? 0);
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const names = [address, `localhost:${port}`, ...(options.aliases ?? [])];
  return {
    url: `${tls ? 'https' : 'http'}://${address}`,
    address,
    hosts: names,
    content,
    faults,
    notifier,
    store: (repository, bundle, tags = []) =>
      storeBundle(content, repository, bundle, tags),
    resolveImage: image => resolveImage(content, names, image),
    resolveDigest: image => resolveDigest(content, names, image),
    stop: async () => {
      await notifier.stop();
      await close(server);
    },
  };
}

/** What a name or a part of a behaviour stands for; distribution 3 by default. */
export function behaviorOf(
  option: SandboxRegistryOptions['behavior'],
): DistributionBehavior {
  if (option === '2.8') {
    return DISTRIBUTION_2_8;
  }
  return option === undefined || option === '3'
    ? DISTRIBUTION_3
    : { ...DISTRIBUTION_3, ...option };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
