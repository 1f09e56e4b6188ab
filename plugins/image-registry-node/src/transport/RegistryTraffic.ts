import { HostBudget } from './HostBudget';
import { RegistryBudget } from './RegistryHttp';
import { RequestLimiter } from './RequestLimiter';

/** Requests at once to one registry with one credential. */
const defaultConcurrency = 6;

/** Lanes that are kept; the longest unused one goes first. */
const mostLanes = 500;

/** Hosts of a lane whose budgets are kept; a registry may redirect to any. */
const mostHosts = 50;

/** What the clients of one registry and credential share. */
export class TrafficLane {
  private readonly budgets = new Map<string, HostBudget>();

  constructor(readonly limiter: RequestLimiter) {}

  /** The budget of one host; a token service or storage has its own. */
  budgetOf(host: string): HostBudget {
    const budget = this.budgets.get(host) ?? new HostBudget();
    // Re-inserting keeps the map in order of last use.
    this.budgets.delete(host);
    this.budgets.set(host, budget);
    if (this.budgets.size > mostHosts) {
      const [oldest] = this.budgets.keys();
      this.budgets.delete(oldest);
    }
    return budget;
  }

  /**
   * What the host allows. Where it says nothing, as ghcr.io does, the tightest
   * of the vendor's other hosts, such as that of its API.
   */
  snapshot(host: string): RegistryBudget {
    const own = this.budgetOf(host).snapshot();
    if (isTelling(own)) {
      return own;
    }
    const [tightest = own] = [...this.budgets.values()]
      .map(budget => budget.snapshot())
      .filter(isTelling)
      .sort((a, b) => shareLeft(a) - shareLeft(b));
    return tightest;
  }
}

function isTelling({ remaining, retryAt }: RegistryBudget): boolean {
  return remaining !== undefined || retryAt !== undefined;
}

/** From 0, where nothing is left, to 1. */
function shareLeft({ limit, remaining = 1, retryAt }: RegistryBudget): number {
  return retryAt ? 0 : remaining / Math.max(1, limit ?? remaining);
}

/**
 * Limits and budgets by registry and credential. Clients that are made for
 * the same pair share one lane, however often they are made.
 */
export class RegistryTraffic {
  private readonly lanes = new Map<string, TrafficLane>();

  /** One process has one. */
  static create(): RegistryTraffic {
    return new RegistryTraffic();
  }

  private constructor() {}

  /**
   * @param credentialsHash - distinguishes credentials without holding them
   */
  lane(
    registryId: string,
    credentialsHash = 'anonymous',
    options: { concurrency?: number } = {},
  ): TrafficLane {
    const key = `${registryId}\n${credentialsHash}`;
    const lane =
      this.lanes.get(key) ??
      new TrafficLane(
        new RequestLimiter(
          Math.max(1, options.concurrency ?? defaultConcurrency),
        ),
      );
    // Re-inserting keeps the map in order of last use.
    this.lanes.delete(key);
    this.lanes.set(key, lane);
    if (this.lanes.size > mostLanes) {
      const [oldest] = this.lanes.keys();
      this.lanes.delete(oldest);
    }
    return lane;
  }
}
