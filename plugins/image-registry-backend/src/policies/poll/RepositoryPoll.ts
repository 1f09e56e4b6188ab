import { LoggerService } from '@backstage/backend-plugin-api';
import { selectTag } from '@slipway/backstage-plugin-image-registry-common';
import {
  compareNatural,
  RegistryClient,
  RegistryError,
  RegistryErrorCode,
} from '@slipway/backstage-plugin-image-registry-node';
import { setImmediate } from 'node:timers/promises';
import { RegistryService } from '../../registries';
import { Decider } from '../Decider';
import { PolicyLooks } from '../PolicyLooks';
import { PolicyStore, StoredPolicy } from '../PolicyStore';
import { readRule } from '../readRule';
import { policyReasons } from '../reasons';
import { RepositoryListings } from '../RepositoryListings';
import { TagListing } from '../tagListing';
import { TagStore } from '../TagStore';
import { PollEnd } from './PollSchedule';
import { LookedAt, namesItsTags, tagsToAsk } from './tagsToAsk';

/** Tags of one repository that are asked for at a time. */
const CONCURRENCY = 4;

/** For how long a registry that answers nobody is left alone, in ms. */
const REST_MS = 60_000;
/** Failures that every other repository of the registry would meet as well. */
const registryFaults: readonly RegistryErrorCode[] = [
  'name-not-found',
  'unreachable',
  'timeout',
  'untrusted-certificate',
  'protocol-mismatch',
  'forbidden-address',
  'unauthenticated',
  'rate-limited',
  'server-error',
];

/** What {@link RepositoryPoll} is made of. */
export interface RepositoryPollOptions {
  decider: Decider;
  listings: RepositoryListings;
  logger: LoggerService;
  looks: PolicyLooks;
  policies: PolicyStore;
  registries: RegistryService;
  tags: TagStore;
}

type Repository = { registryId: string; repository: string };

/** A tag that the registry is asked about, and when it was heard of. */
interface Asked {
  tag: string;
  pushedAt: string;
  /** The listing tells the push time. */
  pushTold: boolean;
}

/** What one look at a repository knows. */
interface Look extends LookedAt {
  of: Repository;
  listening: StoredPolicy[];
}

/**
 * Looks at one repository for all its policies: one listing, if any policy
 * needs one, then only the tags that may concern one. What it finds goes
 * through the same compare-and-swap as what a webhook brings, so neither
 * decides what the other has decided.
 */
export class RepositoryPoll {
  constructor(private readonly options: RepositoryPollOptions) {}

  /**
   * @param turn - grows by one with each look at the repository
   * @throws what the catalog or the database throws
   */
  async poll(
    of: Repository,
    options: { turn: number; signal?: AbortSignal },
  ): Promise<PollEnd> {
    try {
      return await this.#look(of, options);
    } catch (error) {
      if (error instanceof RegistryError) {
        return {
          outcome: 'failed',
          reason: policyReasons.registryFailed(error.message),
          leaveAloneMs:
            error.retryAfterMs ??
            (registryFaults.includes(error.code) ? REST_MS : undefined),
        };
      }
      throw error;
    }
  }

  async #look(
    of: Repository,
    { turn, signal }: { turn: number; signal?: AbortSignal },
  ): Promise<PollEnd> {
    const { listings, policies, registries, tags } = this.options;
    const { registryId, repository } = of;
    const listening = await policies.listening(registryId, repository);
    const client = await registries.client(registryId);
    // Whoever observes a tag from now on knows better than this look.
    const known = await tags.known(registryId, repository);
    const heardAt = new Date().toISOString();
    const listing = needsListing(listening)
      ? await listings.read(client, of, { signal })
      : undefined;
    const look = { of, listening, listing, known, turn };
    const asked = await this.#tagsToAsk(look, heardAt);
    await this.#askAll(client, look, asked, signal);
    if (listing?.countBefore !== undefined) {
      return this.#shrunk(listening.filter(reads), listing);
    }
    if (listing && !listing.complete) {
      const why = listing.reason?.message ?? 'the listing was cut';
      return {
        outcome: 'incomplete',
        reason: policyReasons.listingFailed(why),
      };
    }
    await this.#correctHeads(look);
    return { outcome: 'complete' };
  }

  /** Each tag once, however many policies it concerns; the newest first. */
  async #tagsToAsk(look: Look, heardAt: string): Promise<Asked[]> {
    const { listening, listing, known } = look;
    const wanted = new Set<string>();
    const asked = new Set<string>();
    for (const { rule: stored, head } of listening) {
      const key = JSON.stringify([stored, head?.tag]);
      const { rule } = readRule(stored);
      if (rule && !asked.has(key)) {
        asked.add(key);
        tagsToAsk(rule, head, look).forEach(tag => wanted.add(tag));
        // A rule reads all tags: webhooks are answered in between.
        await setImmediate();
      }
    }
    const listed = new Map(
      listing?.candidates
        .filter(({ tag }) => wanted.has(tag))
        .map(candidate => [candidate.tag, candidate]),
    );
    return [...wanted]
      .filter(tag => {
        const digest = listed.get(tag)?.digest;
        return !digest || digest !== known.get(tag)?.digest;
      })
      .sort((a, b) => compareNatural(b, a))
      .map((tag, rank) => {
        const told = earlier(listed.get(tag)?.pushedAt, heardAt);
        const pushedAt = told ?? guessedTime(heardAt, rank);
        return { tag, pushedAt, pushTold: told !== undefined };
      });
  }

  async #askAll(
    client: RegistryClient,
    look: Look,
    asked: Asked[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { of, known } = look;
    const open = [...asked];
    const worker = async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        signal?.throwIfAborted();
        const digest = await this.#resolve(client, of, next.tag, signal);
        const before = known.get(next.tag);
        if (digest && digest !== before?.digest) {
          await this.#observe(look, next, digest, before?.generation ?? 0);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: CONCURRENCY }, () => worker()));
    } finally {
      open.length = 0;
    }
  }

  /** Undefined for a tag that is not there (any more). */
  async #resolve(
    client: RegistryClient,
    { repository }: Repository,
    tag: string,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    try {
      const priority = 'background';
      const found = await client.resolve(repository, tag, { priority, signal });
      return found.digest;
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'not-found') {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Nothing, when somebody observed the tag while this look went on. Policies
   * that have it for their head found it by themselves.
   */
  async #observe(
    { of, listening }: Look,
    { tag, pushedAt, pushTold }: Asked,
    digest: string,
    generation: number,
  ): Promise<void> {
    const { decider, tags } = this.options;
    const source = 'poll' as const;
    const observed = { ...of, tag, digest, pushedAt, pushTold, source };
    const prepared = await decider.prepare(observed);
    const except = listening
      .filter(({ head }) => head?.tag === tag && head.digest === digest)
      .map(({ id }) => id);
    const decided = await tags.transaction(async trx => {
      const seen = await tags.observe(trx, observed, generation, false);
      return seen.result === 'changed'
        ? decider.decide(trx, seen.change, prepared, { except })
        : undefined;
    });
    if (decided) {
      decider.announce(decided);
    }
  }

  /** Nothing is corrected; the policies that read it say so, and look again. */
  async #shrunk(
    readers: StoredPolicy[],
    listing: TagListing,
  ): Promise<PollEnd> {
    const [{ rule }] = readers;
    const { blocked } = selectTag(rule, listing.candidates, listing);
    for (const policy of readers) {
      await this.options.looks.block(policy, blocked!);
    }
    return { outcome: 'shrunk', reason: blocked };
  }

  /**
   * A head that was deleted from its registry is none any more, if there is
   * another one to take its place. The look reads the tags once more, for all
   * of them: a push that comes before it begins is not among those read here.
   */
  async #correctHeads({ of, listening, listing }: Look): Promise<void> {
    const { logger, looks, policies } = this.options;
    if (!listing) {
      return;
    }
    const heads = new Map(listening.map(({ id, head }) => [id, head?.tag]));
    const tags = new Set(listing.candidates.map(({ tag }) => tag));
    const now = await policies.listening(of.registryId, of.repository);
    const orphaned: StoredPolicy[] = [];
    for (const policy of now.filter(reads)) {
      const { rule } = readRule(policy.rule);
      // A head that came since the tags were read is none of them, yet there.
      const gone =
        policy.head &&
        policy.head.tag === heads.get(policy.id) &&
        !tags.has(policy.head.tag);
      if (
        rule &&
        gone &&
        !policy.blocked &&
        selectTag(rule, listing.candidates, listing).selected
      ) {
        logger.info(`Policy ${policy.id}: ${policy.head?.tag} is gone`);
        orphaned.push(policy);
      }
    }
    await looks.again(...orphaned);
  }
}

function needsListing(listening: StoredPolicy[]): boolean {
  return listening.some(reads);
}

/** Whether a policy's head is found by a listing. */
function reads({ rule: stored }: StoredPolicy): boolean {
  const { rule } = readRule(stored);
  return rule !== undefined && !namesItsTags(rule);
}

/**
 * What was there when the look began was pushed before it, whatever the
 * registry's clock says: a webhook that comes meanwhile is later.
 */
function earlier(
  pushedAt: string | undefined,
  heardAt: string,
): string | undefined {
  return pushedAt && Date.parse(pushedAt) < Date.parse(heardAt)
    ? pushedAt
    : undefined;
}

/**
 * Of tags that one look finds where nobody tells when they were pushed, the
 * later in natural order counts as pushed later: `build-399` after `build-99`.
 *
 * @param rank - 0 for the last of them
 */
function guessedTime(heardAt: string, rank: number): string {
  return new Date(Date.parse(heardAt) - rank).toISOString();
}
