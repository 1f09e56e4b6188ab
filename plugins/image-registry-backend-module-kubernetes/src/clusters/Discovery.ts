import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import type { ClusterClient } from './ClusterClient';

/**
 * An answer older than that, in ms, is asked again in the background: operators
 * install kinds rarely.
 */
const AGE_MS = 5 * 60 * 1000;

interface ResourceList {
  resources?: Array<{ name?: string }>;
}

interface Answer {
  resources: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  askedAt: number;
}

/** Which kinds a cluster has beside those that every cluster has. */
export class Discovery {
  private readonly client: ClusterClient;
  private readonly answers = new Map<string, Answer>();

  constructor(client: ClusterClient) {
    this.client = client;
  }

  /**
   * Whether the API server has this resource, from memory where it was asked
   * lately.
   * @param apiVersion - group and version, such as `argoproj.io/v1alpha1`
   * @param resource - plural in lower case, as it stands in paths
   * @throws DriverError when the cluster does not answer and never did
   */
  async serves(
    apiVersion: string,
    resource: string,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const known = this.answers.get(apiVersion);
    if (!known) {
      return (await this.learn(apiVersion, signal)).has(resource);
    }
    if (Date.now() - known.askedAt >= AGE_MS) {
      // Not before AGE_MS again, also when it fails.
      this.answers.set(apiVersion, { ...known, askedAt: Date.now() });
      this.learn(apiVersion).catch(() => undefined);
    }
    return known.resources.has(resource);
  }

  private async learn(
    apiVersion: string,
    signal?: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const resources = await this.ask(apiVersion, signal);
    this.answers.set(apiVersion, { resources, askedAt: Date.now() });
    return resources;
  }

  private async ask(
    apiVersion: string,
    signal: AbortSignal | undefined,
  ): Promise<Set<string>> {
    try {
      const list = await this.client.json<ResourceList>({
        path: `/apis/${apiVersion}`,
        signal,
      });
      return new Set((list.resources ?? []).map(({ name = '' }) => name));
    } catch (error) {
      // A login without the role system:discovery cannot tell.
      const absent =
        error instanceof DriverError &&
        (error.code === 'not-found' || error.code === 'forbidden');
      if (absent) {
        return new Set();
      }
      throw error;
    }
  }
}
