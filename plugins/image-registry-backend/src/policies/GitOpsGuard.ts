import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { TargetService, undoneBy, undoneCodes } from '../targets';
import { PolicyLooks } from './PolicyLooks';
import { PolicyStore, StoredPolicy } from './PolicyStore';

/** What {@link GitOpsGuard} is made of. */
export interface GitOpsGuardOptions {
  looks: Pick<PolicyLooks, 'again' | 'block'>;
  policies: PolicyStore;
  targets: TargetService;
}

/**
 * Lets no policy deploy what GitOps would undo, until somebody has consented
 * knowing that.
 */
export class GitOpsGuard {
  constructor(private readonly options: GitOpsGuardOptions) {}

  /**
   * Blocks a policy whose workload GitOps has taken, and lets one go on that it
   * has given up.
   *
   * @param workload - as it was read just now
   * @returns why the policy may deploy nothing
   */
  async review(
    policy: StoredPolicy,
    workload: WorkloadTarget,
  ): Promise<Reason | undefined> {
    const { looks, targets } = this.options;
    const records = await targets.records([workload]);
    const reason = undoneBy(workload, records.get(policy.targetKey));
    if (reason) {
      await looks.block(policy, reason);
    } else if (isBlockedByGitOps(policy)) {
      await looks.again(policy);
    }
    return reason;
  }

  /** Somebody consented: what waited for that is decided now. */
  async consented(targetKey: string): Promise<void> {
    const { looks, policies } = this.options;
    const listening = await policies.ofTargets([targetKey]);
    for (const policy of listening) {
      if (policy.enabled && isBlockedByGitOps(policy)) {
        await looks.again(policy);
      }
    }
  }
}

function isBlockedByGitOps({ blocked }: StoredPolicy): boolean {
  return blocked !== undefined && undoneCodes.includes(blocked.code);
}
