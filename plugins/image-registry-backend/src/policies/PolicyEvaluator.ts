import { LoggerService } from '@backstage/backend-plugin-api';
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
import { Decider } from './Decider';
import { DecisionStore } from './DecisionStore';
import { PolicyHead, PolicyStore, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';

/** Most tags of one repository that are read for a policy. */
const MAX_TAGS = 200_000;
const PAGE_SIZE = 1000;
/** How often a tag may be observed by others while it is being evaluated. */
const MAX_LOST_SWAPS = 10;
/** How often pushes may come in while the tags are being read. */
const MAX_SEED_ATTEMPTS = 5;

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
  decider: Decider;
  decisions: DecisionStore;
  logger: LoggerService;
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

/**
 * Looks at a policy without an event: seeds its head by one complete listing
 * and, when what it would choose is not what runs, has it decided.
 */
export class PolicyEvaluator {
  constructor(private readonly options: PolicyEvaluatorOptions) {}

  /** Seeds the head of a policy that was saved, or whose listing failed. */
  async seed(policy: StoredPolicy, running: RunningImage): Promise<void> {
    for (let attempt = 1; attempt <= MAX_SEED_ATTEMPTS; attempt++) {
      if (await this.#seedOnce(policy, running)) {
        break;
      }
    }
    this.options.publish({
      topic: 'policy',
      id: policy.id,
      entityRef: policy.entityRef,
    });
  }

  /**
   * A push that came in while the tags were read was blocked, and may not be
   * among them: then they are read again.
   */
  async #seedOnce(
    policy: StoredPolicy,
    running: RunningImage,
  ): Promise<boolean> {
    const { decisions, policies, targetStore } = this.options;
    const before = await decisions.latestSequence(policy.id);
    const state = await this.#chooseHead(policy, running);
    return decisions.transaction(async trx => {
      await targetStore.lock(trx, policy.targetKey);
      const missed =
        (await decisions.latestSequence(policy.id, trx)) !== before;
      if (!missed) {
        await policies.setHead(policy, state, trx);
      }
      return !missed;
    });
  }

  /**
   * Has a policy decide about its head, when that is not what runs.
   * @throws RegistryError when the registry cannot be asked
   */
  async decide(policyId: string, running: RunningImage): Promise<void> {
    const { decisions, decider, policies, queue, registries } = this.options;
    for (let swap = 0; swap < MAX_LOST_SWAPS; swap++) {
      const policy = await policies.get(policyId);
      if (!policy.enabled || !policy.head || policy.blocked) {
        return;
      }
      const { registryId, repository } = policy.image;
      const { tag } = policy.head;
      const generations = await decisions.generations(registryId, repository, [
        tag,
      ]);
      const client = await registries.client(registryId);
      const { digest } = await client.resolve(repository, tag, {
        priority: 'interactive',
      });
      if (await this.#runs(client, policy, digest, running)) {
        return;
      }
      const observed = {
        registryId,
        repository,
        tag,
        digest,
        source: 'evaluation' as const,
        pushedAt: policy.head.pushedAt,
      };
      const prepared = await decider.prepare(observed);
      const generation = generations.get(tag) ?? 0;
      const decided = await decisions.transaction(async trx => {
        const seen = await decisions.observe(trx, observed, generation, false);
        if (seen.result === 'changed') {
          // Nobody has heard of it yet: it concerns all policies.
          return decider.decide(trx, seen.change, prepared);
        }
        const asked = await decisions.observe(trx, observed, generation, true);
        return asked.result === 'changed'
          ? decider.decide(trx, asked.change, prepared, [policyId])
          : undefined;
      });
      if (decided) {
        decided.rollouts.forEach(rollout => queue.announce(rollout));
        this.options.publish({
          topic: 'policy',
          id: policyId,
          entityRef: policy.entityRef,
        });
        return;
      }
    }
  }

  async #chooseHead(
    policy: StoredPolicy,
    running: RunningImage,
  ): Promise<{ head?: PolicyHead; blocked?: Reason }> {
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
      const best = bestOf(policy, listing, running);
      return {
        head: best && (await this.#withDigest(client, policy, best)),
        blocked: objectionToRunning(policy, running),
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
  ): Promise<{ head?: PolicyHead }> {
    try {
      return { head: await this.#withDigest(client, policy, { tag }) };
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
  ): Promise<PolicyHead> {
    const { digest } = await client.resolve(
      policy.image.repository,
      candidate.tag,
      { priority: 'background' },
    );
    return { ...candidate, digest };
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
 * the range can be compared all the same.
 */
function objectionToRunning(
  { rule, image }: StoredPolicy,
  { repository, tag, digests }: RunningImage,
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
  return tag !== undefined && any.test(tag).accepted
    ? undefined
    : policyReasons.runningNotOrdered(
        tag ?? 'an image without a tag',
        compileRule(rule).describe(),
      );
}
