import { setTimeout as delay } from 'timers/promises';
import {
  Cluster,
  matchesNamespace,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from './ClusterClient';
import { clusterFailure } from './clusterFailure';
import { ClusterSource } from './ClusterSource';

/** A cluster that background work can reach. */
export interface UsableCluster {
  source: ClusterSource;
  client: ClusterClient;
}

/** Signs in for writes to some namespaces of a cluster. */
interface Writer {
  namespaces: readonly string[];
  client: ClusterClient;
}

interface Standing {
  reachable: boolean;
  message?: string;
  /** The same, for translation. */
  because?: Reason;
  /** When it became reachable or stopped being so. */
  since: string;
  /** Milliseconds since the epoch. */
  checkedAt: number;
}

/** Longest wait for a cluster when someone looks at all of them. */
const CLUSTER_DEADLINE_MS = 5_000;

/**
 * Wait for a cluster that did not answer last time. It is asked with the long
 * deadline in the background meanwhile, so a slow one comes back.
 */
const SUSPECT_DEADLINE_MS = 250;

/** How long pages wait for a cluster that did not answer, in milliseconds. */
const BACK_MS = 50;

/** A standing older than that is asked again, in the background. */
const STANDING_AGE_MS = 30_000;

/** The configured clusters, their clients, and whether they answer. */
export class Clusters {
  private readonly sources: readonly ClusterSource[];
  private readonly clients = new Map<string, ClusterClient>();
  private readonly writers = new Map<string, Writer[]>();
  private readonly standings = new Map<string, Standing>();
  private readonly probes = new Map<string, Promise<void>>();

  constructor(sources: readonly ClusterSource[]) {
    this.sources = sources;
    for (const { name, connection, deployCredentials = [] } of sources) {
      if (connection) {
        this.clients.set(
          name,
          new ClusterClient(name, connection.kubeConfig, connection.tokens),
        );
      }
      this.writers.set(
        name,
        deployCredentials.map(({ namespaces, connection: own }) => ({
          namespaces,
          client: new ClusterClient(name, own.kubeConfig),
        })),
      );
    }
  }

  /** Those that can be used, or only the one of this name. */
  usable(name?: string): UsableCluster[] {
    return this.sources.flatMap(source => {
      const client = this.clients.get(source.name);
      return client && (name === undefined || source.name === name)
        ? [{ source, client }]
        : [];
    });
  }

  /** @throws DriverError when there is no such cluster or no sign-in to it */
  client(name: string): ClusterClient {
    const client = this.clients.get(name);
    if (client) {
      return client;
    }
    const source = this.sources.find(candidate => candidate.name === name);
    throw source
      ? new DriverError('forbidden', source.refusal?.message ?? 'View only', {
          reason: source.refusal,
        })
      : new DriverError(
          'not-found',
          `No cluster is called "${name}" in the configuration.`,
        );
  }

  /**
   * Signs in as whoever writes in a namespace: the credential configured for
   * it, else the cluster's only one.
   * @throws DriverError when there is no such cluster or no sign-in to it
   */
  writer(name: string, namespace: string): ClusterClient {
    const reader = this.client(name);
    const own = this.writers
      .get(name)
      ?.find(({ namespaces }) =>
        namespaces.some(pattern => matchesNamespace(pattern, namespace)),
      );
    return own?.client ?? reader;
  }

  /** Asks those whose standing is not known; the others answer from memory. */
  async standing(): Promise<Cluster[]> {
    await Promise.all(
      this.usable().map(({ source }) => {
        const known = this.standings.get(source.name);
        if (known && Date.now() - known.checkedAt < STANDING_AGE_MS) {
          return undefined;
        }
        const probe = this.probe(source.name);
        return known ? undefined : probe;
      }),
    );
    return this.describe();
  }

  /** What is known now, without asking. */
  describe(name?: string): Cluster[] {
    return this.sources
      .filter(source => name === undefined || source.name === name)
      .map(source => {
        if (!this.clients.has(source.name)) {
          return {
            name: source.name,
            title: source.title,
            reachable: false,
            viewOnly: true,
            message: source.refusal?.message,
            because: source.refusal,
          };
        }
        const standing = this.standings.get(source.name);
        return {
          name: source.name,
          title: source.title,
          reachable: standing?.reachable ?? false,
          message: standing?.message,
          because: standing?.because,
          since: standing?.since,
        };
      });
  }

  /** @returns undefined while nothing is known */
  isReachable(name: string): boolean | undefined {
    return this.standings.get(name)?.reachable;
  }

  /** How long a listing may wait for this cluster, in milliseconds. */
  deadlineMs(name: string): number {
    return this.isReachable(name) === false
      ? SUSPECT_DEADLINE_MS
      : CLUSTER_DEADLINE_MS;
  }

  /** Asks a cluster in the background whether it answers. */
  suspect(name: string): void {
    void this.probe(name);
  }

  /**
   * Asks a cluster again that did not answer. Whoever waits does so for a
   * moment only: one that is back is there within it.
   * @returns whether it answers by then
   */
  async isBack(name: string): Promise<boolean> {
    const moment = new AbortController();
    await Promise.race([
      this.probe(name),
      delay(BACK_MS, undefined, { signal: moment.signal }).catch(
        () => undefined,
      ),
    ]);
    moment.abort();
    return this.isReachable(name) === true;
  }

  /** Notes how the last call to a cluster went. */
  note(
    name: string,
    outcome: Pick<Standing, 'reachable' | 'message' | 'because'>,
  ): void {
    const before = this.standings.get(name);
    const now = Date.now();
    this.standings.set(name, {
      ...outcome,
      since:
        before?.reachable === outcome.reachable
          ? before.since
          : new Date(now).toISOString(),
      checkedAt: now,
    });
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    const writers = [...this.writers.values()].flat();
    await Promise.all(
      [...this.clients.values(), ...writers.map(({ client }) => client)].map(
        client => client.close(),
      ),
    );
  }

  private probe(name: string): Promise<void> {
    const running = this.probes.get(name);
    if (running) {
      return running;
    }
    const probe = this.client(name)
      .text({ path: '/version', deadlineMs: CLUSTER_DEADLINE_MS })
      .then(() => this.note(name, { reachable: true }))
      .catch(error =>
        this.note(
          name,
          hasAnswered(error)
            ? { reachable: true }
            : { reachable: false, ...failureOf(error) },
        ),
      )
      .finally(() => this.probes.delete(name));
    this.probes.set(name, probe);
    return probe;
  }
}

/** A hardened cluster keeps its version to itself, and a busy one asks to wait. */
function hasAnswered(error: unknown): boolean {
  return (
    error instanceof DriverError &&
    (error.code === 'forbidden' ||
      error.code === 'not-found' ||
      error.code === 'rate-limited')
  );
}

function failureOf(error: unknown): Pick<Standing, 'message' | 'because'> {
  const reason = clusterFailure(error);
  return { message: reason.message, because: reason };
}
