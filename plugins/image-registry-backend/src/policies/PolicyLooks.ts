import { LoggerService } from '@backstage/backend-plugin-api';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { TargetService } from '../targets';
import { PolicyEvaluator } from './PolicyEvaluator';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { RunningImage, runningImageOf } from './RunningImage';

/** What {@link PolicyLooks} is made of. */
export interface PolicyLooksOptions {
  access: Access;
  evaluator: PolicyEvaluator;
  logger: LoggerService;
  policies: PolicyStore;
  registries: RegistryService;
  targets: TargetService;
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
        await this.look(policy.id, await runningImageOf(found, registries));
      }
    } catch (error) {
      logger.warn(`Policy ${policy.id}: ${error}`);
    }
  }

  /** Those whose tags could not be read. */
  async atBlocked(): Promise<void> {
    for (const policy of await this.options.policies.blockedByListing()) {
      await this.again(policy);
    }
  }
}
