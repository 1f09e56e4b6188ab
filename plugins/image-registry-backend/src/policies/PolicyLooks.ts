import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { TargetService, TargetStore } from '../targets';
import { DecisionStore } from './DecisionStore';
import { LookedAtPolicy, PolicyEvaluator } from './PolicyEvaluator';
import { LookSchedule } from './LookSchedule';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { RunningImage, runningImageOf } from './RunningImage';

/** Policies that one round looks at again. */
const LOOKS_OF_A_ROUND = 200;

/** What {@link PolicyLooks} is made of. */
export interface PolicyLooksOptions {
  access: Access;
  decisions: DecisionStore;
  evaluator: PolicyEvaluator;
  logger: LoggerService;
  policies: PolicyStore;
  registries: RegistryService;
  schedule: LookSchedule;
  targets: TargetService;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/**
 * Looks at policies without an event. What cannot be asked now, a registry or
 * the catalog, does not undo what was saved: the policy stays blocked and is
 * looked at again.
 */
export class PolicyLooks {
  constructor(private readonly options: PolicyLooksOptions) {}

  /** With what its target runs, which the caller knows. */
  async look(policyId: string, running: RunningImage): Promise<void> {
    await this.options.evaluator.look([{ policyId, running }]);
  }

  /**
   * Asks the cluster what runs, and looks: at several policies by reading the
   * tags of each repository once.
   *
   * @returns those whose catalog or cluster could not be asked
   */
  async again(...policies: readonly StoredPolicy[]): Promise<StoredPolicy[]> {
    const unknown: StoredPolicy[] = [];
    for (const group of byRepository(policies)) {
      const asked: LookedAtPolicy[] = [];
      for (const policy of group) {
        const running = await this.#running(policy);
        if (running === 'unknown') {
          unknown.push(policy);
        } else if (running) {
          asked.push({ policyId: policy.id, running });
        }
      }
      await this.options.evaluator.look(asked);
    }
    return unknown;
  }

  /** Undefined when its component is gone. */
  async #running(
    policy: StoredPolicy,
  ): Promise<RunningImage | 'unknown' | undefined> {
    const { access, logger, registries, targets } = this.options;
    try {
      const entity = await access.entity(policy.entityRef);
      return (
        entity &&
        (await runningImageOf(
          await targets.find(entity, policy.target),
          registries,
        ))
      );
    } catch (error) {
      logger.warn(`Policy ${policy.id}: ${error}`);
      return 'unknown';
    }
  }

  /**
   * Those that were blocked by what may be known later, each after a wait that
   * grows while it stays blocked. A cluster that is away costs its registry
   * nothing, and lets no wait grow.
   */
  async atBlocked(signal?: AbortSignal): Promise<void> {
    const { schedule } = this.options;
    const due = await schedule.due(LOOKS_OF_A_ROUND);
    for (const group of byRepository(due)) {
      if (signal?.aborted) {
        return;
      }
      for (const policy of group) {
        await schedule.postpone(policy);
      }
      for (const policy of await this.again(...group)) {
        await schedule.comeBack(policy);
      }
    }
  }

  /** What stood against looks at a repository is gone: they come soon. */
  async soon(image: StoredPolicy['image']): Promise<void> {
    await this.options.schedule.allNow(image);
  }

  /** Lets a policy decide nothing until a look finds what it lacks. */
  async block(policy: StoredPolicy, reason: Reason): Promise<void> {
    const { decisions, policies, publish, targetStore } = this.options;
    const blocked = await decisions.transaction(async trx => {
      await targetStore.lock(trx, policy.targetKey);
      const now = await policies.find(policy.id, trx);
      if (now?.version !== policy.version || now.blocked) {
        return false;
      }
      await policies.setHead(now, { head: now.head, blocked: reason }, trx);
      return true;
    });
    if (blocked) {
      const { id, entityRef } = policy;
      publish({ topic: 'policy', id, entityRef });
    }
  }
}

function byRepository(policies: readonly StoredPolicy[]): StoredPolicy[][] {
  const groups = new Map<string, StoredPolicy[]>();
  for (const policy of policies) {
    const { registryId, repository } = policy.image;
    const key = `${registryId}\n${repository}`;
    groups.set(key, [...(groups.get(key) ?? []), policy]);
  }
  return [...groups.values()];
}
