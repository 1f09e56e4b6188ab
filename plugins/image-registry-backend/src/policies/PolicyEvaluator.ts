import { LoggerService } from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { TargetStore } from '../targets';
import { Decider, OvertakenError } from './Decider';
import { DecisionStore } from './DecisionStore';
import { Choice, HeadFinder } from './HeadFinder';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';
import { ReadTags, RepositoryListings } from './RepositoryListings';
import { RunningImage } from './RunningImage';
import { TagStore } from './TagStore';

/** How often pushes may come in while the tags are being read. */
const MAX_LOOKS = 5;

/** What {@link PolicyEvaluator} is made of. */
export interface PolicyEvaluatorOptions {
  decider: Decider;
  decisions: DecisionStore;
  heads: HeadFinder;
  listings: RepositoryListings;
  logger: LoggerService;
  policies: PolicyStore;
  registries: RegistryService;
  tags: TagStore;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** A policy that is to be looked at, and what its target runs. */
export interface LookedAtPolicy {
  policyId: string;
  running: RunningImage;
}

/** What was known of a policy before the tags were read, and how to read them. */
interface Look {
  /** Of its latest decision. */
  sequence: number;
  readTags: ReadTags;
}

/**
 * Looks at policies without an event: finds the head of each by one complete
 * listing and, when that is not what runs, has it decided. Until then the
 * policy is blocked in the database, so that a look that never ended is done
 * again.
 */
export class PolicyEvaluator {
  constructor(private readonly options: PolicyEvaluatorOptions) {}

  /**
   * After a policy was saved, its hold was lifted, or a look failed. One that
   * cannot be looked at stays blocked and holds up no other.
   *
   * @param asked - policies of one repository, whose tags are read once for
   * them all
   */
  async look(asked: readonly LookedAtPolicy[]): Promise<void> {
    const { policies, publish } = this.options;
    let open = asked;
    for (let round = 1; open.length > 0 && round <= MAX_LOOKS; round++) {
      open = await this.#round(open);
    }
    const looked = await policies.findAll(asked.map(each => each.policyId));
    for (const { id, entityRef } of looked) {
      publish({ topic: 'policy', id, entityRef });
    }
  }

  /**
   * @returns those that pushes came in for meanwhile: they were blocked, and
   * may not be among the tags that were read
   */
  async #round(asked: readonly LookedAtPolicy[]): Promise<LookedAtPolicy[]> {
    const { decisions, listings, policies } = this.options;
    const ids = asked.map(({ policyId }) => policyId);
    const found = new Map(
      (await policies.findAll(ids)).map(policy => [policy.id, policy]),
    );
    const sequences = await decisions.latestSequences(ids);
    const readTags = listings.once();
    const overtaken: LookedAtPolicy[] = [];
    for (const each of asked) {
      const policy = found.get(each.policyId);
      const sequence = sequences.get(each.policyId) ?? 0;
      const look = { sequence, readTags };
      if (policy && !(await this.#lookOrLog(policy, each.running, look))) {
        overtaken.push(each);
      }
    }
    return overtaken;
  }

  async #lookOrLog(
    policy: StoredPolicy,
    running: RunningImage,
    look: Look,
  ): Promise<boolean> {
    try {
      return await this.#lookOnce(policy, running, look);
    } catch (error) {
      this.options.logger.warn(`Policy ${policy.id}: ${error}`);
      return true;
    }
  }

  /** @returns false when a push for it came in meanwhile */
  async #lookOnce(
    policy: StoredPolicy,
    running: RunningImage,
    { sequence, readTags }: Look,
  ): Promise<boolean> {
    const choice = await this.options.heads.find(policy, running, readTags);
    const due = await this.#isDue(policy, choice, running);
    const end = await this.#settle(policy, choice, { sequence, due });
    return end === 'settled' && due
      ? this.#decide(policy, choice, sequence)
      : end !== 'overtaken';
  }

  /** Whoever changed the policy meanwhile looks at it as well. */
  async #settle(
    policy: StoredPolicy,
    choice: Choice,
    { sequence, due }: { sequence: number; due: boolean },
  ): Promise<'settled' | 'overtaken' | 'changed'> {
    const { decisions, policies, targetStore } = this.options;
    return decisions.transaction(async trx => {
      await targetStore.lock(trx, policy.targetKey);
      if ((await decisions.latestSequence(policy.id, trx)) !== sequence) {
        return 'overtaken';
      }
      const now = await policies.find(policy.id, trx);
      if (now?.version !== policy.version) {
        return 'changed';
      }
      const blocked = due ? policyReasons.beingRead() : choice.blocked;
      const head = choice.corrects ? choice.head : now.head;
      await policies.setHead(policy, { head, blocked }, trx);
      return 'settled';
    });
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
    { head, generation }: Choice,
    latestSequence: number,
  ): Promise<boolean> {
    const { decider, tags } = this.options;
    const { tag, digest, pushedAt } = head!;
    const observed = {
      ...policy.image,
      tag,
      digest,
      source: 'evaluation' as const,
      pushedAt,
    };
    const { id: policyId, version } = policy;
    const unblock = { policyId, version, latestSequence };
    const prepared = await decider.prepare(observed);
    try {
      const decided = await tags.transaction(async trx => {
        const seen = await tags.observe(trx, observed, generation!, false);
        if (seen.result === 'changed') {
          // Nobody has heard of it yet: it concerns all policies.
          return decider.decide(trx, seen.change, prepared, { unblock });
        }
        const asked = await tags.observe(trx, observed, generation!, 'force');
        return asked.result === 'changed'
          ? decider.decide(trx, asked.change, prepared, {
              only: [policyId],
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
