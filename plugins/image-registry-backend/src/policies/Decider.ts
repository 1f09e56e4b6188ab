import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { Metrics } from '../metrics';
import { Notices } from '../protection';
import { StoredRollout } from '../rollouts';
import {
  AskedListener,
  DecisionPreparer,
  DecisionPreparerOptions,
  Prepared,
} from './DecisionPreparer';
import { DecisionResult, emptyResult } from './DecisionResult';
import { Rejection } from './DecisionStore';
import { refusalByName } from './ListenerSets';
import { PolicyJudge, PolicyJudgeOptions, Verdict } from './PolicyJudge';
import { ListeningPolicy, StoredPolicy } from './PolicyStore';
import { isLookedAtAgain } from './reasons';
import { TagChange } from './TagStore';

/** What {@link Decider} is made of. */
export interface DeciderOptions
  extends PolicyJudgeOptions,
    DecisionPreparerOptions {
  metrics: Pick<Metrics, 'decided'>;
  notices: Pick<Notices, 'wouldDeploy'>;
  publish(signal: ImageRegistrySignal): void;
}

/** What a policy was when its tags were read. */
export interface PolicyLook {
  policyId: string;
  version: number;
  /** Of its latest decision then. */
  latestSequence: number;
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
  unblock?: PolicyLook;
}

/** Thrown when a push came in while a policy's tags were being read. */
export class OvertakenError extends Error {
  constructor(policyId: string) {
    super(`Policy ${policyId} met a push while its tags were being read`);
    this.name = 'OvertakenError';
  }
}

/** One change on its way through the policies. */
interface Deciding {
  trx: Knex.Transaction;
  change: TagChange;
  prepared: Prepared;
  result: DecisionResult;
  rejections: Rejection[];
}

/** Decides, for each policy that listens, what a change of a tag means. */
export class Decider {
  readonly #judge: PolicyJudge;
  readonly #preparer: DecisionPreparer;

  constructor(private readonly options: DeciderOptions) {
    this.#judge = new PolicyJudge(options);
    this.#preparer = new DecisionPreparer(options);
  }

  /** To be called before the transaction; see {@link DecisionPreparer}. */
  async prepare(
    change: Pick<TagChange, 'registryId' | 'repository' | 'tag' | 'digest'>,
  ): Promise<Prepared> {
    return this.#preparer.prepare(change);
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
    const { decisions, policies } = this.options;
    const result = emptyResult();
    const rejections: Rejection[] = [];
    const deciding = { trx, change, prepared, result, rejections };
    // Of a look at a few policies the others are not a part.
    const setId = only ? undefined : prepared.listenerSetId;
    const asked = prepared.policies.filter(
      ({ policy }) =>
        (!only || only.includes(policy.id)) && !except?.includes(policy.id),
    );
    const current = await this.#current(trx, asked);
    for (const listener of asked) {
      const { policy, refuses } = listener;
      const looks = unblock?.policyId === policy.id;
      if (setId && refuses && !looks) {
        result.policyIds.push(policy.id);
        result.rejected.first ??= refusalByName(policy.rule, change.tag);
        result.rejected.count++;
        continue;
      }
      if (looks) {
        await this.#unblock(trx, policy.targetKey, unblock);
        current.set(policy.id, await policies.find(policy.id, trx));
      }
      await this.#ask(deciding, listener, current.get(policy.id));
    }
    await decisions.setRejections(
      trx,
      change.id,
      rejections,
      setId === undefined
        ? undefined
        : { setId, apart: apartIn(prepared, { except, unblock }) },
    );
    return result;
  }

  /** To be called after the transaction: wakes the worker, and tells people. */
  announce({ rollouts, told, withdrawn, ...others }: DecisionResult): void {
    const { metrics, publish, queue } = this.options;
    metrics.decided('accepted', rollouts.length);
    metrics.decided('blocked', others.blocked.length);
    metrics.decided('recorded', others.recorded.length);
    metrics.decided('rejected', others.rejected.count);
    rollouts.forEach(rollout => queue.announce(rollout));
    withdrawn.forEach(rollout => queue.changed(rollout));
    // The others are heard of by their rollouts.
    for (const { id, entityRef } of others.noted) {
      publish({ topic: 'policy', id, entityRef });
    }
    told.forEach(subject => void this.options.notices.wouldDeploy(subject));
  }

  /** How those stand now that could take the tag; one query for all. */
  async #current(
    trx: Knex.Transaction,
    asked: Prepared['policies'],
  ): Promise<Map<string, StoredPolicy | undefined>> {
    const now = await this.options.policies.findAll(
      asked.flatMap(({ policy, refuses }) => (refuses ? [] : policy.id)),
      trx,
    );
    return new Map(now.map(policy => [policy.id, policy]));
  }

  /** Asks one policy, and writes down what it says. */
  async #ask(
    deciding: Deciding,
    { policy, objection, refuses }: AskedListener,
    current: StoredPolicy | undefined,
  ): Promise<void> {
    const { trx, change, prepared, result, rejections } = deciding;
    const rejection = refuses
      ? refusalByName(policy.rule, change.tag)
      : undefined;
    const verdict: Verdict | undefined = rejection
      ? { outcome: 'rejected', reason: rejection }
      : await this.#judge.judge(trx, { prepared: policy, current }, change, {
          objection,
          facts: prepared.facts,
        });
    if (!verdict) {
      return;
    }
    result.policyIds.push(policy.id);
    result.withdrawn.push(...(verdict.withdrawn ?? []));
    if (verdict.outcome === 'rejected') {
      result.rejected.first ??= verdict.reason;
      result.rejected.count++;
      rejections.push({
        policyId: policy.id,
        policyVersion: policy.version,
        entityRef: policy.entityRef,
        reason: verdict.reason,
      });
    } else {
      await this.#record(deciding, policy, {
        ...verdict,
        outcome: verdict.outcome,
      });
    }
  }

  /** A decision of its own, and the rollout that it leads to. */
  async #record(
    { trx, change, prepared, result }: Deciding,
    policy: ListeningPolicy,
    verdict: Verdict & { outcome: Exclude<Verdict['outcome'], 'rejected'> },
  ): Promise<void> {
    const { decisions, policies } = this.options;
    const { outcome, reason, told } = verdict;
    const id = randomUUID();
    await decisions.insert(trx, { id, policy, change, outcome, reason });
    if (outcome === 'accepted') {
      result.rollouts.push(
        await this.#enqueue(trx, policy, change, id, prepared),
      );
      return;
    }
    result.noted.push(policy);
    result[outcome].push(reason);
    if (outcome === 'blocked' && isLookedAtAgain(reason)) {
      await policies.lookSoon(policy, trx);
    }
    if (told) {
      result.told.push({
        entityRef: policy.entityRef,
        environment: prepared.environmentOf(policy),
        image: change,
      });
    }
  }

  /** Locks the target: policies come in one order, so nobody waits in a ring. */
  async #unblock(
    trx: Knex.Transaction,
    targetKey: string,
    { policyId, version, latestSequence }: PolicyLook,
  ): Promise<void> {
    const { decisions, policies, targetStore } = this.options;
    await targetStore.lock(trx, targetKey);
    if ((await decisions.latestSequence(policyId, trx)) !== latestSequence) {
      throw new OvertakenError(policyId);
    }
    const policy = await policies.find(policyId, trx);
    if (policy?.version === version) {
      await policies.setHead(policy, { head: policy.head }, trx);
    }
  }

  async #enqueue(
    trx: Knex.Transaction,
    policy: ListeningPolicy,
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

/** Of the set of all, those that are not refusals by name and no more. */
function apartIn(
  { policies }: Prepared,
  { except = [], unblock }: Pick<DecideOptions, 'except' | 'unblock'>,
): string[] {
  const others = new Set(except);
  return policies.flatMap(({ policy: { id }, refuses }) =>
    !refuses || others.has(id) || id === unblock?.policyId ? id : [],
  );
}
