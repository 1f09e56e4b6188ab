import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { TargetService, TargetStore } from '../targets';
import { DecisionStore } from './DecisionStore';
import { PolicyEvaluator } from './PolicyEvaluator';
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
    try {
      await this.options.evaluator.look(policyId, running);
    } catch (error) {
      this.options.logger.warn(`Policy ${policyId}: ${error}`);
    }
  }

  /** Asks the cluster what runs, and looks. */
  async again(policy: StoredPolicy): Promise<void> {
    const { access, logger, registries, targets } = this.options;
    try {
      const entity = await access.entity(policy.entityRef);
      if (entity) {
        const found = await targets.find(entity, policy.target);
        const running = await runningImageOf(found, registries);
        await this.look(policy.id, running);
      }
    } catch (error) {
      logger.warn(`Policy ${policy.id}: ${error}`);
    }
  }

  /**
   * Those that were blocked by what may be known later, each after a wait that
   * grows while it stays blocked.
   */
  async atBlocked(signal?: AbortSignal): Promise<void> {
    const { policies } = this.options;
    for (const policy of await policies.dueForLook(LOOKS_OF_A_ROUND)) {
      if (signal?.aborted) {
        return;
      }
      await policies.postponeLook(policy);
      await this.again(policy);
    }
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
