import {
  comparePushedTag,
  Reason,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { RegistryService } from '../registries';
import { RolloutQueue, RolloutStore, StoredRollout } from '../rollouts';
import { environmentOf, EnvironmentStore, TargetStore } from '../targets';
import { Authority } from './Authority';
import { DecisionStore, Rejection } from './DecisionStore';
import { ImageFacts, readFactsOfDigests } from './imageFacts';
import { PolicyHead, PolicyStore, StoredPolicy } from './PolicyStore';
import { readRule } from './readRule';
import { LISTING_INCOMPLETE, policyReasons } from './reasons';
import { TagChange } from './TagStore';

/** What {@link Decider} is made of. */
export interface DeciderOptions {
  authority: Authority;
  decisions: DecisionStore;
  environments: EnvironmentStore;
  policies: PolicyStore;
  queue: RolloutQueue;
  registries: RegistryService;
  rollouts: RolloutStore;
  targetStore: TargetStore;
}

/**
 * What has to be known before the transaction, because inside it nothing but
 * the database is awaited.
 */
export interface Prepared {
  policies: Array<{ policy: StoredPolicy; objection?: Reason }>;
  /** How the cluster pulls the image. */
  reference: string;
  /** By digest, what rules ask beyond the tag. */
  facts: ReadonlyMap<string, ImageFacts>;
  environmentOf(policy: StoredPolicy): string | undefined;
}

/** What a change came to over all policies. */
export interface DecisionResult {
  rollouts: StoredRollout[];
  policyIds: string[];
  blocked: Reason[];
  rejected: Reason[];
}

interface Verdict {
  outcome: 'accepted' | 'rejected' | 'blocked';
  reason: Reason;
}

/** Which policies are asked, and which of them a look ends for. */
export interface DecideOptions {
  /** Ids of the policies to ask; default all that listen. */
  only?: string[];
  /** Ids of policies that are not asked. */
  except?: string[];
  /**
   * The policy whose tags were read: it is not blocked any more, unless it
   * has made a decision since.
   */
  unblock?: { policyId: string; latestSequence: number };
}

/** Thrown when a push came in while a policy's tags were being read. */
export class OvertakenError extends Error {
  constructor(policyId: string) {
    super(`Policy ${policyId} met a push while its tags were being read`);
    this.name = 'OvertakenError';
  }
}

/** Decides, for each policy that listens, what a change of a tag means. */
export class Decider {
  constructor(private readonly options: DeciderOptions) {}

  /** Asks the catalog for everything the policies that could take a tag need. */
  async prepare(
    change: Pick<TagChange, 'registryId' | 'repository' | 'tag' | 'digest'>,
  ): Promise<Prepared> {
    const { policies, registries, environments, authority } = this.options;
    const { registryId, repository, tag, digest } = change;
    const [listening, registry, places] = await Promise.all([
      policies.listening(registryId, repository),
      registries.get(registryId),
      environments.list(),
    ]);
    return {
      policies: await Promise.all(
        listening.map(async policy => ({
          policy,
          objection: readRule(policy.rule).rule?.test(tag).accepted
            ? await authority.objection(policy)
            : undefined,
        })),
      ),
      facts: await this.#factsFor(change, listening),
      reference: registries.pullReference(registry, {
        repository,
        tag,
        digest,
      }),
      environmentOf: policy => environmentOf(places, policy.target)?.name,
    };
  }

  /** Most rules ask for nothing, and the registry is not asked then. */
  async #factsFor(
    { registryId, repository, tag, digest }: Parameters<Decider['prepare']>[0],
    listening: readonly StoredPolicy[],
  ): Promise<ReadonlyMap<string, ImageFacts>> {
    const digests = listening.flatMap(({ rule: stored, head }) => {
      const { rule } = readRule(stored);
      if (!rule?.test(tag).accepted) {
        return [];
      }
      const asked = rule.time === 'created' || rule.isOpen({ tag });
      const comparesHead = rule.time === 'created' && head?.digest;
      return [
        ...(asked ? [digest] : []),
        ...(comparesHead ? [comparesHead] : []),
      ];
    });
    return digests.length === 0
      ? new Map()
      : readFactsOfDigests(
          await this.options.registries.client(registryId),
          repository,
          digests,
        );
  }

  /**
   * Decides inside the transaction that recorded the change.
   * @throws OvertakenError when the look that unblocks a policy is out of date
   */
  async decide(
    trx: Knex.Transaction,
    change: TagChange,
    prepared: Prepared,
    { only, except, unblock }: DecideOptions = {},
  ): Promise<DecisionResult> {
    const result: DecisionResult = {
      rollouts: [],
      policyIds: [],
      blocked: [],
      rejected: [],
    };
    const rejections: Rejection[] = [];
    const asked = prepared.policies.filter(
      ({ policy }) =>
        (!only || only.includes(policy.id)) && !except?.includes(policy.id),
    );
    for (const { policy, objection } of asked) {
      if (unblock?.policyId === policy.id) {
        await this.#unblock(trx, policy, unblock.latestSequence);
      }
      const verdict = await this.#judge(trx, policy, change, {
        objection,
        facts: prepared.facts,
      });
      if (!verdict) {
        continue;
      }
      result.policyIds.push(policy.id);
      if (verdict.outcome === 'rejected') {
        result.rejected.push(verdict.reason);
        rejections.push({
          policyId: policy.id,
          policyVersion: policy.version,
          entityRef: policy.entityRef,
          reason: verdict.reason,
        });
        continue;
      }
      const id = randomUUID();
      const { outcome, reason } = verdict;
      await this.options.decisions.insert(trx, {
        id,
        policy,
        change,
        outcome,
        reason,
      });
      if (verdict.outcome === 'blocked') {
        result.blocked.push(verdict.reason);
      } else {
        result.rollouts.push(
          await this.#enqueue(trx, policy, change, id, prepared),
        );
      }
    }
    await this.options.decisions.setRejections(trx, change.id, rejections);
    return result;
  }

  /** Locks the target: policies come in one order, so nobody waits in a ring. */
  async #unblock(
    trx: Knex.Transaction,
    { id, version, targetKey }: StoredPolicy,
    latestSequence: number,
  ): Promise<void> {
    const { decisions, policies, targetStore } = this.options;
    await targetStore.lock(trx, targetKey);
    if ((await decisions.latestSequence(id, trx)) !== latestSequence) {
      throw new OvertakenError(id);
    }
    const policy = await policies.find(id, trx);
    if (policy?.version === version) {
      await policies.setHead(policy, { head: policy.head }, trx);
    }
  }

  /**
   * What one policy says; undefined when it was changed, switched off or
   * deleted since it was prepared: what changes it looks at the tags itself.
   */
  async #judge(
    trx: Knex.Transaction,
    prepared: StoredPolicy,
    change: TagChange,
    { objection, facts }: { objection?: Reason; facts: Prepared['facts'] },
  ): Promise<Verdict | undefined> {
    const before = await this.#unchanged(trx, prepared);
    const first = before && againstHead(before, change, facts);
    if (first?.outcome !== 'accepted') {
      return first;
    }
    // Most policies of a repository are not concerned and lock nothing. Under
    // the lock nobody else changes the policy, its head, or the hold.
    await this.options.targetStore.lock(trx, prepared.targetKey);
    const policy = await this.#unchanged(trx, prepared);
    const verdict = policy && againstHead(policy, change, facts);
    return policy && verdict?.outcome === 'accepted'
      ? this.#judgeCandidate(trx, policy, change, {
          objection,
          why: verdict.reason,
        })
      : verdict;
  }

  async #unchanged(
    trx: Knex.Transaction,
    { id, version }: StoredPolicy,
  ): Promise<StoredPolicy | undefined> {
    const policy = await this.options.policies.find(id, trx);
    return policy?.enabled && policy.version === version ? policy : undefined;
  }

  /** A change that the rule takes and that is the newest, on a locked target. */
  async #judgeCandidate(
    trx: Knex.Transaction,
    policy: StoredPolicy,
    change: TagChange,
    opinion: { objection?: Reason; why: Reason },
  ): Promise<Verdict> {
    const { targetStore, policies } = this.options;
    const { targetKey, blocked } = policy;
    if (blocked?.code === LISTING_INCOMPLETE) {
      return { outcome: 'blocked', reason: blocked };
    }
    await policies.setHead(policy, { head: headOf(change), blocked }, trx);
    const objection = blocked ?? opinion.objection;
    if (objection) {
      return { outcome: 'blocked', reason: objection };
    }
    const hold = await targetStore.holdOf(trx, targetKey);
    if (hold) {
      return {
        outcome: 'blocked',
        reason: policyReasons.held(hold.author ?? '', hold.reason),
      };
    }
    if ((await this.#desired(trx, targetKey)) === change.digest) {
      return {
        outcome: 'rejected',
        reason: policyReasons.alreadyDesired(change.tag, change.digest),
      };
    }
    if (await targetStore.isBlocked(trx, targetKey, change.digest)) {
      return {
        outcome: 'blocked',
        reason: policyReasons.digestFailedBefore(change.digest),
      };
    }
    return {
      outcome: 'accepted',
      reason: policyReasons.deploys(change.tag, opinion.why),
    };
  }

  /** What the locked target runs or is on its way to; undefined when unknown. */
  async #desired(
    trx: Knex.Transaction,
    targetKey: string,
  ): Promise<string | undefined> {
    const newest = await this.options.rollouts.newestEffective(trx, targetKey);
    return newest?.state === 'failed' || newest?.state === 'rolled-back'
      ? undefined
      : newest?.image.digest;
  }

  async #enqueue(
    trx: Knex.Transaction,
    policy: StoredPolicy,
    change: TagChange,
    decisionId: string,
    prepared: Prepared,
  ): Promise<StoredRollout> {
    return this.options.queue.enqueue(trx, {
      id: randomUUID(),
      entityRef: policy.entityRef,
      targetKey: policy.targetKey,
      environment: prepared.environmentOf(policy),
      image: {
        registryId: change.registryId,
        repository: change.repository,
        tag: change.tag,
        digest: change.digest,
        reference: prepared.reference,
      },
      cause: 'policy',
      author: policy.author,
      policyId: policy.id,
      decisionId,
    });
  }
}

function headOf({ tag, digest, pushedAt }: TagChange): PolicyHead {
  return { tag, digest, pushedAt };
}

/** Codes of what would have had to be known of an image, and is not. */
const notKnown = ['push-created-unknown', 'push-head-created-unknown'];

/** The pushed tag against the rule and the best one so far. */
function againstHead(
  policy: StoredPolicy,
  change: TagChange,
  facts: Prepared['facts'],
): Verdict {
  const { rule, objection } = readRule(policy.rule);
  if (!rule) {
    return { outcome: 'blocked', reason: objection };
  }
  const { head } = policy;
  const withFacts = (image: PolicyHead): TagCandidate => ({
    ...image,
    ...facts.get(image.digest ?? ''),
  });
  const verdict = comparePushedTag(
    rule,
    withFacts(headOf(change)),
    head && withFacts(head),
  );
  const { accepted, newer, open, reason } = verdict;
  if (open || notKnown.includes(reason.code)) {
    return { outcome: 'blocked', reason: open ?? reason };
  }
  const isHead = head?.tag === change.tag && head.digest === change.digest;
  return {
    outcome: accepted && (newer || isHead) ? 'accepted' : 'rejected',
    reason,
  };
}
