import {
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { Metrics } from '../metrics';
import { Notices } from '../protection';
import { RegistryService } from '../registries';
import { RolloutQueue, StoredRollout } from '../rollouts';
import { environmentOf, EnvironmentStore } from '../targets';
import { Authority } from './Authority';
import { DecisionStore, Rejection } from './DecisionStore';
import { ImageFacts, readFactsOfDigests } from './imageFacts';
import { PolicyJudge, PolicyJudgeOptions } from './PolicyJudge';
import { ListeningPolicy, StoredPolicy } from './PolicyStore';
import { refusalByName } from './ListenerSets';
import { readRule } from './readRule';
import { isLookedAtAgain } from './reasons';
import { takersOf } from './takersOf';
import { TagChange } from './TagStore';

/** So many refusals are written down one by one with a change. */
const FEW_REFUSALS = 20;

/** What {@link Decider} is made of. */
export interface DeciderOptions extends PolicyJudgeOptions {
  authority: Authority;
  decisions: DecisionStore;
  environments: EnvironmentStore;
  metrics: Pick<Metrics, 'decided'>;
  notices: Pick<Notices, 'wouldDeploy'>;
  queue: RolloutQueue;
  registries: RegistryService;
  publish(signal: ImageRegistrySignal): void;
}

/**
 * What has to be known before the transaction, because inside it nothing but
 * the database is awaited.
 */
export interface Prepared {
  policies: Array<{
    policy: ListeningPolicy;
    /** Its rule does not take the name of the tag, whatever its head is. */
    refuses: boolean;
    objection?: Reason;
  }>;
  /**
   * The set of them all, when so many refuse that it is not written down one
   * by one.
   */
  listenerSetId?: string;
  /** How the cluster pulls the image. */
  reference: string;
  /** By digest, what rules ask beyond the tag. */
  facts: ReadonlyMap<string, ImageFacts>;
  environmentOf(policy: ListeningPolicy): string | undefined;
}

/** What a change came to over all policies. */
export interface DecisionResult {
  rollouts: StoredRollout[];
  /** What policies that only tell would have deployed. */
  told: Array<Parameters<Notices['wouldDeploy']>[0]>;
  policyIds: string[];
  /** Those that noted the tag and deploy nothing: blocked, held or telling. */
  noted: Array<Pick<ListeningPolicy, 'id' | 'entityRef'>>;
  blocked: Reason[];
  recorded: Reason[];
  rejected: {
    count: number;
    /** Why the first of them did. */
    first?: Reason;
  };
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
  readonly #judge: PolicyJudge;

  constructor(private readonly options: DeciderOptions) {
    this.#judge = new PolicyJudge(options);
  }

  /** Asks the catalog for everything the policies that could take a tag need. */
  async prepare(
    change: Pick<TagChange, 'registryId' | 'repository' | 'tag' | 'digest'>,
  ): Promise<Prepared> {
    const { policies, registries, environments, authority } = this.options;
    const { registryId, repository, tag, digest } = change;
    const [listening, registry, places] = await Promise.all([
      policies.listeners(registryId, repository),
      registries.get(registryId),
      environments.list(),
    ]);
    const takers = takersOf(listening, tag);
    const asked = listening.map(policy => ({
      policy,
      refuses: !takers.has(policy),
    }));
    const taking = asked.filter(({ refuses }) => !refuses);
    const objections = new Map(
      await Promise.all(
        taking.map(
          async ({ policy }) =>
            [policy.id, await authority.objection(policy)] as const,
        ),
      ),
    );
    return {
      policies: asked.map(({ policy, refuses }) => ({
        policy,
        refuses,
        objection: objections.get(policy.id),
      })),
      listenerSetId:
        asked.length - taking.length > FEW_REFUSALS
          ? await this.options.decisions.keepListeners(listening)
          : undefined,
      facts: await this.#factsFor(
        change,
        taking.map(({ policy }) => policy),
      ),
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
    taking: readonly ListeningPolicy[],
  ): Promise<ReadonlyMap<string, ImageFacts>> {
    const byCreation = taking.filter(
      ({ rule }) => readRule(rule).rule?.time === 'created',
    );
    const heads = await this.options.policies.findAll(
      byCreation.map(({ id }) => id),
    );
    const isAsked =
      byCreation.length > 0 ||
      taking.some(({ rule }) => readRule(rule).rule?.isOpen({ tag }));
    const digests = [
      ...(isAsked ? [digest] : []),
      ...heads.flatMap(({ head }) => head?.digest ?? []),
    ];
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
    const { policies } = this.options;
    const result: DecisionResult = {
      rollouts: [],
      told: [],
      policyIds: [],
      noted: [],
      blocked: [],
      recorded: [],
      rejected: { count: 0 },
    };
    const rejections: Rejection[] = [];
    // Of a look at a few policies the others are not a part.
    const setId = only ? undefined : prepared.listenerSetId;
    const asked = prepared.policies.filter(
      ({ policy }) =>
        (!only || only.includes(policy.id)) && !except?.includes(policy.id),
    );
    const current = await this.#current(trx, asked);
    for (const { policy, objection, refuses } of asked) {
      if (setId && refuses && unblock?.policyId !== policy.id) {
        result.policyIds.push(policy.id);
        result.rejected.first ??= refusalByName(policy.rule, change.tag);
        result.rejected.count++;
        continue;
      }
      if (unblock?.policyId === policy.id) {
        await this.#unblock(trx, policy, unblock.latestSequence);
        current.set(policy.id, await policies.find(policy.id, trx));
      }
      const rejection = refuses
        ? refusalByName(policy.rule, change.tag)
        : undefined;
      const verdict = rejection
        ? { outcome: 'rejected' as const, reason: rejection }
        : await this.#judge.judge(
            trx,
            { prepared: policy, current: current.get(policy.id) },
            change,
            { objection, facts: prepared.facts },
          );
      if (!verdict) {
        continue;
      }
      result.policyIds.push(policy.id);
      if (verdict.outcome === 'rejected') {
        result.rejected.first ??= verdict.reason;
        result.rejected.count++;
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
      if (verdict.outcome !== 'accepted') {
        result.noted.push(policy);
        result[verdict.outcome].push(verdict.reason);
        if (verdict.outcome === 'blocked' && isLookedAtAgain(verdict.reason)) {
          await this.options.policies.lookSoon(policy, trx);
        }
        if (verdict.told) {
          result.told.push({
            entityRef: policy.entityRef,
            environment: prepared.environmentOf(policy),
            image: change,
          });
        }
      } else {
        result.rollouts.push(
          await this.#enqueue(trx, policy, change, id, prepared),
        );
      }
    }
    await this.options.decisions.setRejections(
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
  announce({ rollouts, told, ...others }: DecisionResult): void {
    const { metrics, publish } = this.options;
    metrics.decided('accepted', rollouts.length);
    metrics.decided('blocked', others.blocked.length);
    metrics.decided('recorded', others.recorded.length);
    metrics.decided('rejected', others.rejected.count);
    rollouts.forEach(rollout => this.options.queue.announce(rollout));
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

  /** Locks the target: policies come in one order, so nobody waits in a ring. */
  async #unblock(
    trx: Knex.Transaction,
    { id, version, targetKey }: ListeningPolicy,
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
