import { createHash } from 'crypto';
import { RequestOptions } from 'https';
import {
  HttpMethod,
  KubeConfig,
  RequestContext,
} from '@kubernetes/client-node';
import { Agent, Dispatcher, ProxyAgent } from 'undici';
import { BearerTokens } from './BearerTokens';

/** What one call needs to be let in. */
export interface CallCredentials {
  headers: Record<string, string>;
  dispatcher: Dispatcher;
}

/**
 * Longest time an idle connection is kept. An API server's hint in its
 * Keep-Alive header shortens it.
 */
const KEEP_ALIVE_MS = 30_000;

/**
 * Signs calls in and keeps one connection pool per cluster. The client library
 * makes a pool for each call, which costs a TLS handshake each time; here a new
 * one is made only when certificates change, as exec plugins renew them.
 */
export class Credentials {
  private kubeConfig: KubeConfig;
  private readonly tokens?: BearerTokens;
  private current?: { fingerprint: string; dispatcher: Promise<Dispatcher> };

  constructor(kubeConfig: KubeConfig, tokens?: BearerTokens) {
    this.kubeConfig = kubeConfig;
    this.tokens = tokens;
  }

  /** @throws Error when an exec plugin, a token file or a cloud fails */
  async forCall(): Promise<CallCredentials> {
    const options: RequestOptions = {};
    await this.kubeConfig.applyToHTTPSOptions(options);
    const headers = Object.fromEntries(
      Object.entries(options.headers ?? {}).map(([name, value]) => [
        name,
        String(value).trim(),
      ]),
    );
    if (typeof options.auth === 'string') {
      const basic = Buffer.from(options.auth).toString('base64');
      headers.Authorization = `Basic ${basic}`;
    }
    if (this.tokens) {
      headers.Authorization = `Bearer ${await this.tokens.current()}`;
    }
    return { headers, dispatcher: await this.dispatcherFor(options) };
  }

  /**
   * Forgets what token files, exec plugins and clouds said, so that the next
   * call asks them again: the client library keeps it for a minute, or until it
   * expires.
   * @param refused - what the call was signed in with; absent when it could not
   * be signed in
   * @returns false when there is nothing to ask, as with a token in the config
   */
  renew(refused: CallCredentials | undefined): boolean {
    if (this.tokens) {
      return this.tokens.forget(
        refused?.headers.Authorization?.replace(/^Bearer /, ''),
      );
    }
    const user = this.kubeConfig.getCurrentUser();
    if (!user?.exec && !user?.authProvider) {
      return false;
    }
    const { clusters, users, contexts, currentContext } = this.kubeConfig;
    this.kubeConfig = new KubeConfig();
    this.kubeConfig.loadFromOptions({
      clusters,
      users,
      contexts,
      currentContext,
    });
    return true;
  }

  /** Closes all connections; running watches end. */
  async close(): Promise<void> {
    const dispatcher = await this.current?.dispatcher;
    this.current = undefined;
    await dispatcher?.destroy();
  }

  private dispatcherFor(options: RequestOptions): Promise<Dispatcher> {
    const fingerprint = fingerprintOf(options);
    if (this.current?.fingerprint !== fingerprint) {
      const previous = this.current?.dispatcher;
      this.current = {
        fingerprint,
        dispatcher: this.createDispatcher(options),
      };
      // Lets running calls end by themselves.
      previous?.then(dispatcher => dispatcher.close()).catch(() => undefined);
    }
    return this.current.dispatcher;
  }

  private async createDispatcher(options: RequestOptions): Promise<Dispatcher> {
    const cluster = this.kubeConfig.getCurrentCluster();
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const plan = this.kubeConfig.createDispatcherOptions(cluster, {
      ca,
      cert,
      key,
      rejectUnauthorized,
      servername,
    });
    // One connection per watch: a stuck one cannot hold up the others.
    const pool = { keepAliveTimeout: KEEP_ALIVE_MS, allowH2: false };
    switch (plan.type) {
      case 'agent':
        return new Agent({ ...pool, connect: plan.connect });
      case 'proxy':
        return new ProxyAgent({
          ...pool,
          uri: plan.uri,
          requestTls: plan.requestTls,
        });
      case 'socks':
        return this.createSocksDispatcher();
      default:
        return new Agent(pool);
    }
  }

  /** Only the client library has the connector for SOCKS. */
  private async createSocksDispatcher(): Promise<Dispatcher> {
    const server = this.kubeConfig.getCurrentCluster()?.server ?? '';
    const context = new RequestContext(server, HttpMethod.GET);
    await this.kubeConfig.applySecurityAuthentication(context);
    return context.getDispatcher() ?? new Agent();
  }
}

function fingerprintOf(options: RequestOptions): string {
  const hash = createHash('sha256');
  for (const part of [options.ca, options.cert, options.key]) {
    hash.update(JSON.stringify(part?.toString() ?? ''));
  }
  return hash.digest('hex');
}
