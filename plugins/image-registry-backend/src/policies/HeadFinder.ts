import {
  CompiledRule,
  compileRule,
  InvalidRuleError,
  Reason,
  RuleSelection,
  selectTag,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { readImageFacts } from './imageFacts';
import { ObservedPushes } from './ObservedPushes';
import { PolicyHead, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';
import { RunningImage } from './RunningImage';
import { TagBaseline } from './TagBaseline';
import { ReadTags } from './RepositoryListings';
import { TagListing } from './tagListing';
import { TagStore } from './TagStore';

/** Newest tags whose platforms are looked up at most before one has them all. */
const MAX_LOOKED_UP = 20;

/** Code of a rule without an order, on a registry that tells of no pushes. */
const PUSH_TIMES_UNKNOWN = 'push-times-unknown';

/** What a look at all tags says of a policy. */
export interface Choice {
  head?: PolicyHead & { digest: string };
  /** Of the head's tag, read before the registry was asked what it means. */
  generation?: number;
  blocked?: Reason;
  /**
   * Whether the tags were read whole: otherwise the head stays what it was.
   */
  corrects: boolean;
}

/** What {@link HeadFinder} is made of. */
export interface HeadFinderOptions {
  baseline: TagBaseline;
  pushes: ObservedPushes;
  registries: RegistryService;
  tags: TagStore;
}

/** Finds the head of a policy by one complete listing of the tags. */
export class HeadFinder {
  constructor(private readonly options: HeadFinderOptions) {}

  /**
   * @param readTags - how the repository is listed, if the rule needs that
   * @throws what the catalog or the database throws
   */
  async find(
    policy: StoredPolicy,
    running: RunningImage,
    readTags: ReadTags,
  ): Promise<Choice> {
    const { registryId, repository } = policy.image;
    try {
      const client = await this.options.registries.client(registryId);
      if (policy.rule.kind === 'same-tag') {
        const head = await this.#headOfTag(client, policy, policy.rule.tag);
        return { ...head, corrects: true };
      }
      const of = { registryId, repository };
      const listing = await readTags(client, of);
      if (!listing.complete) {
        const why = listing.reason?.message ?? 'the listing was cut';
        return { corrects: false, blocked: policyReasons.listingFailed(why) };
      }
      const rule = compileRule(policy.rule);
      if (listing.countBefore !== undefined) {
        const { blocked } = selectTag(rule, listing.candidates, listing);
        return { corrects: false, blocked };
      }
      await this.options.baseline.record(policy, client, listing.candidates);
      const chosen = await this.#choose(client, policy, rule, {
        ...listing,
        candidates: await this.options.pushes.complete(
          policy,
          rule,
          listing.candidates,
          running,
        ),
      });
      const best = bestOf(policy, rule, chosen.selected, running);
      return {
        corrects: true,
        ...(best && (await this.#withDigest(client, policy, best))),
        blocked:
          objectionToChoice(chosen) ??
          objectionToRunning(policy, rule, running, best),
      };
    } catch (error) {
      if (error instanceof RegistryError) {
        return {
          corrects: false,
          blocked: policyReasons.listingFailed(error.message),
        };
      }
      if (error instanceof InvalidRuleError) {
        return { corrects: false, blocked: error.reason };
      }
      throw error;
    }
  }

  /** Platforms that the listing does not tell are looked up, newest first. */
  async #choose(
    client: RegistryClient,
    policy: StoredPolicy,
    rule: CompiledRule,
    listing: TagListing,
  ): Promise<RuleSelection> {
    const { repository } = policy.image;
    const candidates = [...listing.candidates];
    let chosen = selectTag(rule, candidates, listing);
    for (let looked = 0; looked < MAX_LOOKED_UP; looked++) {
      const { open, selected } = chosen;
      if (!open || !selected) {
        return chosen;
      }
      const { platforms } = await readImageFacts(
        client,
        repository,
        selected.tag,
      );
      candidates[candidates.indexOf(selected)] = {
        ...selected,
        platforms: platforms ?? [],
      };
      chosen = selectTag(rule, candidates, listing);
    }
    return { complete: true, blocked: chosen.open };
  }

  /** No head when the tag is not there, or has not the platforms. */
  async #headOfTag(
    client: RegistryClient,
    policy: StoredPolicy,
    tag: string,
  ): Promise<Pick<Choice, 'head' | 'generation'>> {
    try {
      const rule = compileRule(policy.rule);
      if (rule.isOpen({ tag })) {
        const { repository } = policy.image;
        const facts = await readImageFacts(client, repository, tag);
        if (!rule.judge({ tag, platforms: [], ...facts }).accepted) {
          return {};
        }
      }
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
  ): Promise<Pick<Choice, 'head' | 'generation'>> {
    const { registryId, repository } = policy.image;
    const { tag } = candidate;
    const generations = await this.options.tags.generations(
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
}

/**
 * The best of all tags. Where neither the rule nor a push that was told or
 * heard of makes an order, what runs is the best so far, and the next push is
 * newer.
 */
function bestOf(
  policy: StoredPolicy,
  rule: CompiledRule,
  selected: TagCandidate | undefined,
  { tag, repository }: RunningImage,
): TagCandidate | undefined {
  if (
    rule.ordered ||
    rule.time === 'created' ||
    selected?.pushedAt !== undefined
  ) {
    return selected;
  }
  const runs =
    tag !== undefined &&
    repository === policy.image.repository &&
    rule.test(tag).accepted;
  return runs ? { tag } : undefined;
}

/** Push times that nobody knows are no objection: the next push is newer. */
function objectionToChoice({ blocked }: RuleSelection): Reason | undefined {
  return blocked?.code === PUSH_TIMES_UNKNOWN ? undefined : blocked;
}

/**
 * A tag can only be told to be newer than another that the rule can measure;
 * one outside of its range or filters can be compared all the same. Nothing
 * older than what runs is deployed, also when what runs is not among the tags
 * any more, unless the policy says so.
 */
function objectionToRunning(
  { image }: StoredPolicy,
  compiled: CompiledRule,
  { repository, tag, digests }: RunningImage,
  best: TagCandidate | undefined,
): Reason | undefined {
  const { rule, ordered } = compiled;
  const nothingRuns = repository === undefined && digests.length === 0;
  if (
    !ordered ||
    rule.kind === 'same-tag' ||
    rule.goBack ||
    nothingRuns ||
    (repository !== undefined && repository !== image.repository)
  ) {
    return undefined;
  }
  if (tag === undefined || compiled.compareTags(tag, tag) === undefined) {
    return policyReasons.runningNotOrdered(
      tag ?? 'an image without a tag',
      compiled.describe(),
    );
  }
  return best && (compiled.compareTags(tag, best.tag) ?? 0) > 0
    ? policyReasons.runningNewer(tag, best.tag)
    : undefined;
}
