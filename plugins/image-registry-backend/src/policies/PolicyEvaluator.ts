import {
  compileRule,
  ImageRegistrySignal,
  InvalidRuleError,
  Reason,
  selectTag,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { RolloutQueue } from '../rollouts';
import { TargetStore } from '../targets';
import { Decider, OvertakenError } from './Decider';
import { DecisionStore } from './DecisionStore';
import { PolicyHead, PolicyStore, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';
import { TagBaseline } from './TagBaseline';

/** Most tags of one repository that are read for a policy. */
const MAX_TAGS = 200_000;
const PAGE_SIZE = 1000;
/** How often pushes may come in while the tags are being read. */
const MAX_LOOKS = 5;

/** What runs in a policy's target, as far as it is known. */
export interface RunningImage {
  repository?: string;
  tag?: string;
  /** All digests that stand for what runs: of the index and of its platform. */
  digests: string[];
}

/** All tags of a repository, and whether they are all. */
export interface TagListing {
  candidates: TagCandidate[];
  complete: boolean;
  reason?: string;
}

/** What {@link PolicyEvaluator} is made of. */
export interface PolicyEvaluatorOptions {
  baseline: TagBaseline;
  decider: Decider;
  decisions: DecisionStore;
  policies: PolicyStore;
  queue: RolloutQueue;
  registries: RegistryService;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** Reads every page of a repository's tags. */
export async function listAllTags(
  client: RegistryClient,
  repository: string,
): Promise<TagListing> {
  const candidates: TagCandidate[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTags(repository, {
      cursor,
      limit: PAGE_SIZE,
      priority: 'background',
    });
    for (const { tag, digest, pushedAt } of page.items) {
      candidates.push({ tag, digest, pushedAt });
    }
    if (!page.complete) {
      return { candidates, complete: false, reason: page.reason };
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined && candidates.length < MAX_TAGS);
  return cursor === undefined
    ? { candidates, complete: true }
    : {
        candidates,
        complete: false,
        reason: `more than ${MAX_TAGS} tags`,
      };
}

/** What a look at all tags says of a policy. */
interface Choice {
  head?: PolicyHead & { digest: string };
  /** Of the head's tag, read before the registry was asked what it means. */
  generation?: number;
  blocked?: Reason;
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
    const choice = await this.#choose(policy, running);
    const due = await this.#isDue(policy, choice, running);
    const settled = await decisions.transaction(async trx => {
      await targetStore.lock(trx, policy.targetKey);
      if ((await decisions.latestSequence(policy.id, trx)) !== before) {
        return false;
      }
      const blocked = due ? policyReasons.beingRead() : choice.blocked;
      await policies.setHead(policy, { head: choice.head, blocked }, trx);
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
    const { decisions, decider, queue } = this.options;
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
      const decided = await decisions.transaction(async trx => {
        const seen = await decisions.observe(trx, observed, generation, false);
        if (seen.result === 'changed') {
          // Nobody has heard of it yet: it concerns all policies.
          return decider.decide(trx, seen.change, prepared, { unblock });
        }
        const asked = await decisions.observe(
          trx,
          observed,
          generation,
          'force',
        );
        return asked.result === 'changed'
          ? decider.decide(trx, asked.change, prepared, {
              only: [policy.id],
              unblock,
            })
          : undefined;
      });
      decided?.rollouts.forEach(rollout => queue.announce(rollout));
      return decided !== undefined;
    } catch (error) {
      if (error instanceof OvertakenError) {
        return false;
      }
      throw error;
    }
  }

  async #choose(policy: StoredPolicy, running: RunningImage): Promise<Choice> {
    const { registryId, repository } = policy.image;
    try {
      const client = await this.options.registries.client(registryId);
      if (policy.rule.kind === 'same-tag') {
        return await this.#headOfTag(client, policy, policy.rule.tag);
      }
      const listing = await listAllTags(client, repository);
      if (!listing.complete) {
        const why = listing.reason ?? 'the listing was cut';
        return { blocked: policyReasons.listingFailed(why) };
      }
      await this.options.baseline.record(policy, client, listing.candidates);
      const best = bestOf(policy, listing, running);
      return {
        ...(best && (await this.#withDigest(client, policy, best))),
        blocked: objectionToRunning(policy, running, best),
      };
    } catch (error) {
      if (error instanceof RegistryError) {
        return { blocked: policyReasons.listingFailed(error.message) };
      }
      if (error instanceof InvalidRuleError) {
        return { blocked: error.reason };
      }
      throw error;
    }
  }

  async #headOfTag(
    client: RegistryClient,
    policy: StoredPolicy,
    tag: string,
  ): Promise<Choice> {
    try {
      return await this.#withDigest(client, policy, { tag });
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'not-found') {
        return {};
      }
      throw error;
    }
  }

  async #withDigest(
    client: RegistryClient,
    policy: StoredPolicy,
    candidate: TagCandidate,
  ): Promise<Choice> {
    const { registryId, repository } = policy.image;
    const { tag } = candidate;
    const generations = await this.options.decisions.generations(
      registryId,
      repository,
      [tag],
    );
    const { digest } = await client.resolve(repository, tag, {
      priority: 'background',
    });
    return {
      head: { ...candidate, digest },
      generation: generations.get(tag),
    };
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

/**
 * The best of all tags. Where neither the rule nor the registry tells an order,
 * what runs is the best so far, and the next push is newer.
 */
function bestOf(
  policy: StoredPolicy,
  listing: TagListing,
  running: RunningImage,
): TagCandidate | undefined {
  const rule = compileRule(policy.rule);
  const { selected } = selectTag(rule, listing.candidates, listing);
  if (rule.ordered || selected?.pushedAt !== undefined) {
    return selected;
  }
  const { tag, repository } = running;
  const runs =
    tag !== undefined &&
    repository === policy.image.repository &&
    rule.test(tag).accepted;
  return runs ? { tag } : undefined;
}

/**
 * A version can only be told to be newer than another version; one outside of
 * the range can be compared all the same. Nothing older than what runs is
 * deployed, also when what runs is not among the tags any more.
 */
function objectionToRunning(
  { rule, image }: StoredPolicy,
  { repository, tag, digests }: RunningImage,
  best: TagCandidate | undefined,
): Reason | undefined {
  const nothingRuns = repository === undefined && digests.length === 0;
  if (
    rule.kind !== 'semver' ||
    nothingRuns ||
    (repository !== undefined && repository !== image.repository)
  ) {
    return undefined;
  }
  const any = compileRule({ kind: 'semver', range: '*', prereleases: true });
  if (tag === undefined || !any.test(tag).accepted) {
    return policyReasons.runningNotOrdered(
      tag ?? 'an image without a tag',
      compileRule(rule).describe(),
    );
  }
  return best && any.compare({ tag }, { tag: best.tag }) > 0
    ? policyReasons.runningNewer(tag, best.tag)
    : undefined;
}
