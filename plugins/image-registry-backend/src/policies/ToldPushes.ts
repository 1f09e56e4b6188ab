import {
  comparePushedTag,
  CompiledRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { RegistryService } from '../registries';
import { TargetStore } from '../targets';
import { Decider } from './Decider';
import { Prepared } from './DecisionPreparer';
import { DecisionResult } from './DecisionResult';
import { ListeningPolicy, PolicyHead, PolicyStore } from './PolicyStore';
import { readRule } from './readRule';
import { TagChange, TagStore } from './TagStore';

type Repository = Pick<TagChange, 'registryId' | 'repository'>;

/** When a registry says that what a tag means now was pushed. */
export interface ToldPush extends Repository {
  tag: string;
  digest: string;
  /** ISO 8601. */
  pushedAt: string;
  eventId: string;
}

/** A tag that turned out to be newer than the head of some policies. */
interface Successor {
  policyIds: string[];
  /** ISO 8601. */
  pushedAt: string;
}

/** What a tag means, confirmed and prepared before the transaction. */
interface Confirmed {
  digest: string;
  generation: number;
  prepared: Prepared;
}

/** By tag; undefined for one that means something else now. */
export type ConfirmedTags = ReadonlyMap<string, Confirmed | undefined>;

/** Thrown when tags have to be confirmed before the transaction is repeated. */
export class UnconfirmedTagsError extends Error {
  constructor(readonly tags: string[]) {
    super(`Not confirmed yet: ${tags.join(', ')}`);
    this.name = 'UnconfirmedTagsError';
  }
}

/** What {@link ToldPushes} is made of. */
export interface ToldPushesOptions {
  decider: Decider;
  policies: PolicyStore;
  registries: Pick<RegistryService, 'client'>;
  tags: TagStore;
  targetStore: TargetStore;
}

/**
 * A look finds what was pushed some time before, and counts it as pushed when
 * it looked. The notification of that push, which comes later, tells the time:
 * where later is newer, another tag may be the newest then. So it does not
 * matter whether a look or a notification came first.
 */
export class ToldPushes {
  constructor(private readonly options: ToldPushesOptions) {}

  /**
   * Takes the time of a push that is known already, and has decided what is
   * newest by it.
   *
   * @throws UnconfirmedTagsError when a tag that is the newest now is not among
   * those that were confirmed
   */
  async tell(
    trx: Knex.Transaction,
    push: ToldPush,
    { prepared, confirmed }: { prepared: Prepared; confirmed: ConfirmedTags },
  ): Promise<DecisionResult[]> {
    return (await this.options.tags.tell(trx, push))
      ? this.#follow(trx, push, { prepared, confirmed })
      : [];
  }

  /**
   * The same after a change was decided: the new digest of the head's tag is
   * the newer one whatever its time, and what was too early for the head before
   * may be later than that.
   *
   * @throws UnconfirmedTagsError as above
   */
  async moved(
    trx: Knex.Transaction,
    push: ToldPush,
    known: { prepared: Prepared; confirmed: ConfirmedTags },
  ): Promise<DecisionResult[]> {
    return (await this.options.tags.toldLater(trx, push))
      ? this.#follow(trx, push, known)
      : [];
  }

  async #follow(
    trx: Knex.Transaction,
    push: ToldPush,
    { prepared, confirmed }: { prepared: Prepared; confirmed: ConfirmedTags },
  ): Promise<DecisionResult[]> {
    const successors = await this.#successors(trx, push, prepared);
    const open = [...successors.keys()].filter(tag => !confirmed.has(tag));
    if (open.length > 0) {
      throw new UnconfirmedTagsError(open);
    }
    const results: DecisionResult[] = [];
    for (const [tag, successor] of successors) {
      const known = confirmed.get(tag);
      if (known) {
        results.push(
          ...(await this.#decide(trx, push, { tag, known, successor })),
        );
      }
    }
    return results;
  }

  /**
   * Asks the registry what tags mean; one that means something else than is
   * known is left to whoever observes that.
   *
   * @throws RegistryError when it cannot be asked
   */
  async confirm(of: Repository, tagNames: string[]): Promise<ConfirmedTags> {
    const { registries, tags } = this.options;
    const { registryId, repository } = of;
    const client = await registries.client(registryId);
    const known = await tags.known(registryId, repository);
    const confirmed = new Map<string, Confirmed | undefined>();
    for (const tag of tagNames) {
      const before = known.get(tag);
      const digest = await client
        .resolve(repository, tag, { priority: 'webhook' })
        .then(found => found.digest, undefinedIfGone);
      const observed = { registryId, repository, tag, digest: digest ?? '' };
      confirmed.set(
        tag,
        digest !== undefined && before?.digest === digest
          ? {
              digest,
              generation: before.generation,
              prepared: await this.options.decider.prepare(observed),
            }
          : undefined,
      );
    }
    return confirmed;
  }

  /** Policies come in one order, so nobody waits in a ring. */
  async #successors(
    trx: Knex.Transaction,
    push: ToldPush,
    prepared: Prepared,
  ): Promise<Map<string, Successor>> {
    const { policies, targetStore } = this.options;
    const successors = new Map<string, Successor>();
    const ids = prepared.policies.flatMap(({ policy, refuses }) =>
      !refuses && byPush(policy) ? policy.id : [],
    );
    for (const policy of await policies.findAll(ids, trx)) {
      const rule = byPush(policy);
      if (!rule || !concerns(rule, policy.head, push)) {
        continue;
      }
      await targetStore.lock(trx, policy.targetKey);
      const newest = await this.#newestFor(trx, policy, { rule, push });
      if (newest) {
        const { tag, pushedAt } = newest;
        const others = successors.get(tag)?.policyIds ?? [];
        const policyIds = [...others, policy.id];
        successors.set(tag, { policyIds, pushedAt });
      }
    }
    return successors;
  }

  /**
   * Corrects the head's time; what is newer than the head then, if anything
   * is known to be.
   */
  async #newestFor(
    trx: Knex.Transaction,
    { id, version }: ListeningPolicy,
    { rule, push }: { rule: CompiledRule; push: ToldPush },
  ): Promise<{ tag: string; pushedAt: string } | undefined> {
    const { policies, tags } = this.options;
    const policy = await policies.find(id, trx);
    if (!policy?.enabled || policy.version !== version || !policy.head) {
      return undefined;
    }
    const told = await tags.toldSince(trx, push, policy.updatedAt);
    const head = withTime(policy.head, push, told);
    if (head.pushedAt !== policy.head.pushedAt) {
      await policies.setHead(policy, { head, blocked: policy.blocked }, trx);
    }
    if (!isTold(head, told)) {
      return undefined;
    }
    let newest: PolicyHead = head;
    for (const [tag, pushedAt] of told) {
      const candidate = { tag, pushedAt };
      if (
        tag !== newest.tag &&
        comparePushedTag(rule, candidate, newest).newer
      ) {
        newest = candidate;
      }
    }
    const { tag, pushedAt } = newest;
    return tag === head.tag || !pushedAt ? undefined : { tag, pushedAt };
  }

  /** Asks the policies again although the tag did not change. */
  async #decide(
    trx: Knex.Transaction,
    { registryId, repository, eventId }: ToldPush,
    about: { tag: string; known: Confirmed; successor: Successor },
  ): Promise<DecisionResult[]> {
    const { decider, tags } = this.options;
    const { tag, known, successor } = about;
    const observed = {
      registryId,
      repository,
      tag,
      digest: known.digest,
      eventId,
      source: 'webhook' as const,
      pushedAt: successor.pushedAt,
      pushTold: true,
    };
    const { generation, prepared } = known;
    const seen = await tags.observe(trx, observed, generation, 'force');
    if (seen.result !== 'changed') {
      throw new UnconfirmedTagsError([tag]);
    }
    const only = successor.policyIds;
    return [await decider.decide(trx, seen.change, prepared, { only })];
  }
}

/** The rule of a policy where newer means pushed later. */
function byPush({ rule: stored }: ListeningPolicy): CompiledRule | undefined {
  const { rule } = readRule(stored);
  return rule && !rule.ordered && rule.time === 'pushed' ? rule : undefined;
}

/** Whether its time may make another tag than a policy's head the newest. */
function concerns(
  rule: CompiledRule,
  head: PolicyHead | undefined,
  push: ToldPush,
): boolean {
  return (
    head !== undefined &&
    (head.tag === push.tag || comparePushedTag(rule, push, head).newer)
  );
}

function withTime(
  head: PolicyHead,
  { tag, digest, pushedAt }: ToldPush,
  told: ReadonlyMap<string, string>,
): PolicyHead {
  return head.tag === tag && head.digest === digest
    ? { ...head, pushedAt: told.get(tag) ?? pushedAt }
    : head;
}

/**
 * Whether the registry told when a head was pushed. What a look found was
 * perhaps pushed while it read the list, after the time that it counts as
 * pushed: that another one of the same list was told to be later says nothing
 * until the head's own notification comes.
 */
function isTold(
  { tag, pushedAt }: PolicyHead,
  told: ReadonlyMap<string, string>,
): boolean {
  const at = told.get(tag);
  return (
    at !== undefined &&
    pushedAt !== undefined &&
    Date.parse(at) === Date.parse(pushedAt)
  );
}

function undefinedIfGone(error: unknown): undefined {
  if (error instanceof RegistryError && error.code === 'not-found') {
    return undefined;
  }
  throw error;
}
