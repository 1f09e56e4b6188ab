import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { TargetStore } from '../targets';
import { Decider, OvertakenError } from './Decider';
import { DecisionStore } from './DecisionStore';
import { Choice, HeadFinder } from './HeadFinder';
import { PolicyHead, PolicyStore, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';
import { RunningImage } from './RunningImage';
import { TagStore } from './TagStore';

/** How often pushes may come in while the tags are being read. */
const MAX_LOOKS = 5;

/** What {@link PolicyEvaluator} is made of. */
export interface PolicyEvaluatorOptions {
  decider: Decider;
  decisions: DecisionStore;
  heads: HeadFinder;
  policies: PolicyStore;
  registries: RegistryService;
  tags: TagStore;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/**
 * Looks at a policy without an event: finds its head by one complete listing
 * and, when that is not what runs, has it decided. Until then the policy is
 * blocked in the database, so that a look that never ended is done again.
 */
export class PolicyEvaluator {
  constructor(private readonly options: PolicyEvaluatorOptions) {}

  /**
   * After a policy was saved, its hold was lifted, or a look failed.
   * @throws what the catalog or the database throws; the policy stays blocked
   */
  async look(policyId: string, running: RunningImage): Promise<void> {
    for (let attempt = 1; attempt <= MAX_LOOKS; attempt++) {
      const policy = await this.options.policies.find(policyId);
      if (!policy || (await this.#lookOnce(policy, running))) {
        break;
      }
    }
    const policy = await this.options.policies.find(policyId);
    if (policy) {
      const { id, entityRef } = policy;
      this.options.publish({ topic: 'policy', id, entityRef });
    }
  }

  /**
   * @returns false when pushes came in meanwhile: they were blocked, and may
   * not be among the tags that were read
   */
  async #lookOnce(
    policy: StoredPolicy,
    running: RunningImage,
  ): Promise<boolean> {
    const { decisions, policies, targetStore } = this.options;
    const before = await decisions.latestSequence(policy.id);
    const choice = await this.options.heads.find(policy, running);
    const due = await this.#isDue(policy, choice, running);
    const settled = await decisions.transaction(async trx => {
      await targetStore.lock(trx, policy.targetKey);
      if ((await decisions.latestSequence(policy.id, trx)) !== before) {
        return false;
      }
      const blocked = due ? policyReasons.beingRead() : choice.blocked;
      const head = choice.corrects ? choice.head : policy.head;
      await policies.setHead(policy, { head, blocked }, trx);
      return true;
    });
    return settled && due
      ? this.#decide(policy, choice.head!, choice.generation!, before)
      : settled;
  }

  async #isDue(
    policy: StoredPolicy,
    { head, blocked }: Choice,
    running: RunningImage,
  ): Promise<boolean> {
    if (!policy.enabled || !head || blocked) {
      return false;
    }
    const client = await this.options.registries.client(
      policy.image.registryId,
    );
    return !(await this.#runs(client, policy, head.digest, running));
  }

  /** @returns false when somebody observed the tag, or pushed, meanwhile */
  async #decide(
    policy: StoredPolicy,
    head: PolicyHead & { digest: string },
    generation: number,
    latestSequence: number,
  ): Promise<boolean> {
    const { decider, tags } = this.options;
    const { tag, digest, pushedAt } = head;
    const observed = {
      ...policy.image,
      tag,
      digest,
      source: 'evaluation' as const,
      pushedAt,
    };
    const unblock = { policyId: policy.id, latestSequence };
    const prepared = await decider.prepare(observed);
    try {
      const decided = await tags.transaction(async trx => {
        const seen = await tags.observe(trx, observed, generation, false);
        if (seen.result === 'changed') {
          // Nobody has heard of it yet: it concerns all policies.
          return decider.decide(trx, seen.change, prepared, { unblock });
        }
        const asked = await tags.observe(trx, observed, generation, 'force');
        return asked.result === 'changed'
          ? decider.decide(trx, asked.change, prepared, {
              only: [policy.id],
              unblock,
            })
          : undefined;
      });
      if (decided) {
        decider.announce(decided);
      }
      return decided !== undefined;
    } catch (error) {
      if (error instanceof OvertakenError) {
        return false;
      }
      throw error;
    }
  }

  /** A running image equals a digest if it is that index or one of its platforms. */
  async #runs(
    client: RegistryClient,
    policy: StoredPolicy,
    digest: string,
    running: RunningImage,
  ): Promise<boolean> {
    if (running.digests.includes(digest)) {
      return true;
    }
    if (running.digests.length === 0) {
      return false;
    }
    const { platforms } = await client.inspect(
      policy.image.repository,
      digest,
      { priority: 'background' },
    );
    return platforms.some(platform =>
      running.digests.includes(platform.digest),
    );
  }
}
