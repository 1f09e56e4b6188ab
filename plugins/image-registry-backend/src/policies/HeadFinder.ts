import {
  compileRule,
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
import { PolicyHead, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';
import { RunningImage } from './RunningImage';
import { TagBaseline } from './TagBaseline';
import { listAllTags, TagListing } from './tagListing';
import { TagStore } from './TagStore';

/** What a look at all tags says of a policy. */
export interface Choice {
  head?: PolicyHead & { digest: string };
  /** Of the head's tag, read before the registry was asked what it means. */
  generation?: number;
  blocked?: Reason;
}

/** What {@link HeadFinder} is made of. */
export interface HeadFinderOptions {
  baseline: TagBaseline;
  registries: RegistryService;
  tags: TagStore;
}

/** Finds the head of a policy by one complete listing of the tags. */
export class HeadFinder {
  constructor(private readonly options: HeadFinderOptions) {}

  /** @throws what the catalog or the database throws */
  async find(policy: StoredPolicy, running: RunningImage): Promise<Choice> {
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
