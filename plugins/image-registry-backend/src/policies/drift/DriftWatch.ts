import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  ImageRegistrySignal,
  Reason,
  RolloutImage,
  runningRolloutStates,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { Access } from '../../access';
import { RegistryService } from '../../registries';
import {
  OutsideChanges,
  RolloutQueue,
  RolloutStore,
  StoredRollout,
} from '../../rollouts';
import {
  environmentOf,
  EnvironmentStore,
  TargetRecord,
  TargetService,
  TargetStore,
} from '../../targets';
import { DecisionStore } from '../DecisionStore';
import { GitOpsGuard } from '../GitOpsGuard';
import { PolicyLooks } from '../PolicyLooks';
import { PolicyStore, StoredPolicy } from '../PolicyStore';
import { policyReasons } from '../reasons';
import { explains } from './explains';
import { hasStarted } from './hasStarted';
import { RunningImages } from './RunningImages';
import { managerOf, revertedBy } from './whoChanged';

/** Components that are looked at at a time. */
const CONCURRENCY = 4;

/** States of what may be what was found to run. */
const openStates = ['queued', 'waiting', ...runningRolloutStates] as const;

/** What {@link DriftWatch} is made of. */
export interface DriftWatchOptions {
  access: Access;
  changes: OutsideChanges;
  decisions: DecisionStore;
  environments: EnvironmentStore;
  gitOps: Pick<GitOpsGuard, 'review'>;
  images: RunningImages;
  logger: LoggerService;
  looks: Pick<PolicyLooks, 'again'>;
  policies: PolicyStore;
  queue: RolloutQueue;
  registries: RegistryService;
  rollouts: RolloutStore;
  targets: TargetService;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** What was found to be changed, before anything is written about it. */
interface Drift {
  record: TargetRecord & { desiredDigest: string };
  image: RolloutImage;
  manager?: string;
  environment?: string;
  reason: Reason;
  /** GitOps did it, as it will again. */
  reverted: boolean;
}

/** A target of a component that is looked at. */
export type WatchedTarget = Pick<
  StoredPolicy,
  'entityRef' | 'targetKey' | 'target'
>;

/**
 * Notices that what runs is not what the portal put there. Whoever did that
 * meant it: auto deploy is held until a person lets it go on.
 */
export class DriftWatch {
  /** The component that was looked at last. */
  #last = '';

  constructor(private readonly options: DriftWatchOptions) {}

  /**
   * Looks at the targets of all enabled policies. What had no turn before the
   * time was over comes first the next time.
   */
  async lookAtAll(signal: AbortSignal): Promise<void> {
    const entityRefs = await this.options.policies.entityRefs();
    const open = [
      ...entityRefs.filter(entityRef => entityRef > this.#last),
      ...entityRefs.filter(entityRef => entityRef <= this.#last),
    ];
    const worker = async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        if (signal.aborted) {
          return;
        }
        this.#last = next;
        await this.#lookOrLog(next, signal);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, () => worker()));
  }

  async #lookOrLog(entityRef: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#lookAt(entityRef, signal);
    } catch (error) {
      this.options.logger.warn(
        `What runs of ${entityRef} was not looked at: ${error}`,
      );
    }
  }

  async #lookAt(entityRef: string, signal: AbortSignal): Promise<void> {
    const { access, policies, targets } = this.options;
    const entity = await access.entity(entityRef);
    if (!entity) {
      return;
    }
    const { targets: workloads } = await targets.workloads(entity, { signal });
    const found = new Map(
      workloads.map(workload => [targetKey(workload.ref), workload]),
    );
    const listening = await policies.ofTargets([...found.keys()]);
    for (const policy of listening.filter(({ enabled }) => enabled)) {
      const workload = found.get(policy.targetKey)!;
      const changed =
        (await this.#reviewAnew(policy, workload, { entity, signal })) ??
        (await this.options.gitOps.review(policy, workload));
      if (!changed && (await hasStarted(this.options, policy, workload))) {
        await this.options.looks.again(policy);
      }
    }
  }

  /**
   * What was listed may be older than the last deploy: clusters that answer late
   * hold up the others. So what seems to have changed is read again, after the
   * record that it is compared with.
   */
  async #reviewAnew(
    policy: StoredPolicy,
    listed: WorkloadTarget,
    { entity, signal }: { entity: Entity; signal: AbortSignal },
  ): Promise<Reason | undefined> {
    const { targets, targetStore } = this.options;
    if (!(await this.#drift(policy, listed))) {
      return undefined;
    }
    const { targetKey: key } = policy;
    const record = (await targetStore.get([key])).get(key);
    const { workload } = await targets.find(entity, listed.ref, { signal });
    return this.review(policy, workload, record);
  }

  /**
   * Whoever turns auto deploy on means what runs then: what was changed before
   * is told in the history, and holds nothing.
   */
  async acknowledge(
    policy: StoredPolicy,
    workload: WorkloadTarget,
  ): Promise<void> {
    const { logger, policies } = this.options;
    try {
      const drift = await this.#drift(policy, workload);
      if (drift) {
        await policies.transaction(trx => this.#record(trx, policy, drift));
      }
    } catch (error) {
      logger.warn(`What runs of ${policy.entityRef} is not known: ${error}`);
    }
  }

  /**
   * Holds the policy's target when somebody else changed its image.
   * @param workload - as it was read just now
   * @param before - the target's record from before that; where nothing else
   *   writes the target, it is read now
   * @returns what was changed; undefined when nothing was, or it is known
   */
  async review(
    policy: StoredPolicy,
    workload: WorkloadTarget,
    before?: TargetRecord,
  ): Promise<Reason | undefined> {
    const drift = await this.#drift(policy, workload, before);
    if (!drift) {
      return undefined;
    }
    const { policies, publish } = this.options;
    const id = await policies.transaction(async trx => {
      const recorded = await this.#record(trx, policy, drift);
      if (recorded) {
        await this.#hold(trx, policy, drift);
      }
      return recorded;
    });
    if (!id) {
      return undefined;
    }
    const { entityRef } = policy;
    publish({ topic: 'rollout', id, entityRef });
    publish({ topic: 'policy', id: policy.id, entityRef });
    return drift.reason;
  }

  /**
   * Holds a target that GitOps has put back, with a policy or without: what is
   * deployed next would go the same way.
   * @param workload - as it was read just now
   */
  async reviewReverted(
    watched: WatchedTarget,
    workload: WorkloadTarget,
  ): Promise<void> {
    const drift = await this.#drift(watched, workload);
    if (!drift?.reverted) {
      return;
    }
    const { policies, publish, queue, targetStore } = this.options;
    const { targetKey: key, entityRef } = watched;
    const { reason } = drift;
    const id = await policies.transaction(async trx => {
      const recorded = await this.#record(trx, watched, drift);
      if (recorded && !(await targetStore.holdOf(trx, key))) {
        await targetStore.hold(trx, {
          targetKey: key,
          entityRef,
          reason: reason.message,
          because: reason,
        });
        await queue.cancelAutomation(trx, key, reason);
      }
      return recorded;
    });
    if (id) {
      publish({ topic: 'rollout', id, entityRef });
      publish({ topic: 'target', entityRef });
    }
  }

  async #drift(
    policy: WatchedTarget,
    workload: WorkloadTarget,
    before?: TargetRecord,
  ): Promise<Drift | undefined> {
    const { environments, images, targetStore } = this.options;
    const { targetKey: key } = policy;
    const record = before ?? (await targetStore.get([key])).get(key);
    if (!hasDesired(record) || (await images.runs(workload, record))) {
      return undefined;
    }
    const manager = managerOf(workload);
    const gitOps = revertedBy(workload, manager);
    return {
      record,
      image: await images.describe(workload),
      manager,
      environment: environmentOf(await environments.list(), policy.target)
        ?.name,
      reason: gitOps
        ? policyReasons.reverted(workload.image, gitOps, manager)
        : policyReasons.changedOutside(workload.image, manager),
      reverted: gitOps !== undefined,
    };
  }

  /** @returns the id of the row in the history; undefined when it is known */
  async #record(
    trx: Knex.Transaction,
    policy: WatchedTarget,
    drift: Drift,
  ): Promise<string | undefined> {
    const { changes, rollouts, targetStore } = this.options;
    const { targetKey: key, entityRef } = policy;
    const { image, manager, environment, reason } = drift;
    const now = await targetStore.lock(trx, key);
    const open = await rollouts.ofTarget(trx, key, openStates);
    const last = await changes.lastEnded(trx, key);
    const moved =
      now.desiredDigest !== drift.record.desiredDigest ||
      now.appliedAt !== drift.record.appliedAt;
    if (
      moved ||
      open.some(rollout => mayHaveWritten(rollout, image)) ||
      (last && explains(last, image))
    ) {
      return undefined;
    }
    return changes.record(trx, {
      entityRef,
      targetKey: key,
      environment,
      image,
      // What failed was taken back.
      previous: last?.state === 'rolled-back' ? last.returnTo : last?.image,
      manager,
      reason,
    });
  }

  /** Not when what somebody put there is what the policy would. */
  async #hold(
    trx: Knex.Transaction,
    { id, targetKey: key, entityRef }: StoredPolicy,
    { image, reason }: Drift,
  ): Promise<void> {
    const { policies, queue, targetStore } = this.options;
    const policy = await policies.find(id, trx);
    const isCandidate =
      image.digest !== undefined && policy?.head?.digest === image.digest;
    const held = await targetStore.holdOf(trx, key);
    if (!policy?.enabled || isCandidate || held) {
      return;
    }
    await targetStore.hold(trx, {
      targetKey: key,
      entityRef,
      reason: reason.message,
      because: reason,
    });
    await queue.cancelAutomation(trx, key, reason);
  }
}

/** What is given up may take effect late, before its next attempt. */
function mayHaveWritten(
  { state, image, writeTries }: StoredRollout,
  { reference }: RolloutImage,
): boolean {
  return (
    runningRolloutStates.includes(state) ||
    (writeTries > 0 && image.reference === reference)
  );
}

function hasDesired(
  record: TargetRecord | undefined,
): record is TargetRecord & { desiredDigest: string } {
  return record?.desiredDigest !== undefined;
}
