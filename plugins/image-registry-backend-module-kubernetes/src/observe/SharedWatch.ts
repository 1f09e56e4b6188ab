import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { toDriverError } from '../clusters/statusError';
import { listPages } from '../workloads/listAll';
import { KubernetesObject } from '../workloads/objects';
import { pause } from './pause';

/** First wait after a failure, in milliseconds; it doubles up to the longest. */
const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Between a watch that ended early and the next, in milliseconds; it doubles
 * with each, as behind a proxy that lets no answer stay open.
 */
const RESUME_WAIT_MS = 100;

/** The server ends a watch after that; each is different to spread them. */
function watchSeconds(): number {
  return 240 + Math.floor(Math.random() * 60);
}

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubernetesObject & { code?: number };
}

/** True when the history to resume from is not kept any more. */
function isExpired(error: unknown): boolean {
  return error instanceof DriverError && error.code === 'stale';
}

/**
 * Keeps all objects of one collection up to date for whoever listens: one
 * listing, then one watch that is resumed where it broke off.
 */
export class SharedWatch<T extends KubernetesObject> {
  /** By uid. */
  readonly objects = new Map<string, T>();
  /** True once the objects are those of the cluster. */
  synced = false;
  /** Why they may be out of date; absent while connected. */
  trouble?: DriverError;

  private readonly client: ClusterClient;
  private readonly path: string;
  private readonly prune: (object: T) => T;
  private readonly listeners = new Set<() => void>();
  private readonly stopping = new AbortController();
  private resourceVersion?: string;
  /** True while a watch is accepted. */
  private open = false;
  /** In a row, without a watch accepted in between. */
  private failures = 0;
  /** Watches in a row that ended early. */
  private shortLived = 0;

  constructor(client: ClusterClient, path: string, prune: (object: T) => T) {
    this.client = client;
    this.path = path;
    this.prune = prune;
  }

  /** Number of those who listen. */
  get size(): number {
    return this.listeners.size;
  }

  add(listener: () => void): void {
    this.listeners.add(listener);
  }

  remove(listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** Ends for good. */
  stop(): void {
    this.stopping.abort();
  }

  /** Runs until stopped; never throws. */
  async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const startedAt = Date.now();
      try {
        if (this.resourceVersion === undefined) {
          await this.list();
        }
        await this.follow();
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.fail(error);
      }
      await this.rest(Date.now() - startedAt);
    }
  }

  private async list(): Promise<void> {
    const listed = new Map<string, T>();
    let resourceVersion: string | undefined;
    const pages = listPages<T>(this.client, {
      path: this.path,
      signal: this.stopping.signal,
    });
    // A page is let go before the next is read: all of them as they came
    // would take several times the memory of what is kept.
    for await (const page of pages) {
      for (const item of page.items) {
        listed.set(item.metadata.uid, this.prune(item));
      }
      resourceVersion = page.resourceVersion;
    }
    this.objects.clear();
    listed.forEach((object, uid) => this.objects.set(uid, object));
    this.resourceVersion = resourceVersion;
    this.synced = true;
    this.trouble = undefined;
    this.tell();
  }

  private async follow(): Promise<void> {
    const lines = this.client.lines(
      {
        path: this.path,
        query: {
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: this.resourceVersion,
          timeoutSeconds: watchSeconds(),
        },
        signal: this.stopping.signal,
      },
      () => this.recover(),
    );
    for await (const line of lines) {
      this.take(JSON.parse(line) as WatchEvent);
    }
  }

  private take({ type, object }: WatchEvent): void {
    if (type === 'ERROR') {
      // "Too old" comes here with status 410, not as the answer's own.
      throw toDriverError({
        cluster: this.client.name,
        statusCode: object.code ?? 500,
        body: JSON.stringify(object),
      });
    }
    this.resourceVersion = object.metadata.resourceVersion;
    if (type === 'BOOKMARK') {
      return;
    }
    if (type === 'DELETED') {
      this.objects.delete(object.metadata.uid);
    } else {
      this.objects.set(object.metadata.uid, this.prune(object as T));
    }
    this.tell();
  }

  private recover(): void {
    this.open = true;
    this.failures = 0;
    if (this.trouble) {
      this.trouble = undefined;
      this.tell();
    }
  }

  private fail(error: unknown): void {
    const wasOpen = this.open;
    this.open = false;
    this.failures += 1;
    if (isExpired(error)) {
      this.resourceVersion = undefined;
    } else if (!(error instanceof DriverError)) {
      this.resourceVersion = undefined;
      this.setTrouble(
        new DriverError(
          'server-error',
          `Cluster ${this.client.name} sent a watch event that cannot be read.`,
          { cause: error },
        ),
      );
    } else if (!wasOpen) {
      // A watch that breaks off is resumed before it is called an outage.
      this.setTrouble(error);
    }
  }

  private setTrouble(trouble: DriverError): void {
    this.trouble = trouble;
    this.tell();
  }

  /** Waits longer after each failure, and a moment after an early end. */
  private async rest(lastedMs: number): Promise<void> {
    const backoff =
      this.failures > 1
        ? Math.min(SHORTEST_WAIT_MS * 2 ** (this.failures - 2), LONGEST_WAIT_MS)
        : 0;
    const endedEarly = lastedMs < SHORTEST_WAIT_MS;
    this.shortLived = endedEarly ? this.shortLived + 1 : 0;
    const early = endedEarly
      ? Math.min(RESUME_WAIT_MS * 2 ** (this.shortLived - 1), LONGEST_WAIT_MS)
      : 0;
    const wait = Math.max(backoff, early, this.trouble?.retryAfterMs ?? 0);
    await pause(wait * (0.75 + Math.random() / 4), this.stopping.signal);
  }

  private tell(): void {
    for (const listener of this.listeners) {
      listener();
    }
  }
}
