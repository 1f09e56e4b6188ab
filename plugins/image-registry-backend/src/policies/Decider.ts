import { Reason } from '@slipway/backstage-plugin-image-registry-common';
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
import { StoredPolicy } from './PolicyStore';
import { readRule } from './readRule';
import { isLookedAtAgain } from './reasons';
import { TagChange } from './TagStore';

/** What {@link Decider} is made of. */
export interface DeciderOptions extends PolicyJudgeOptions {
  authority: Authority;
  decisions: DecisionStore;
  environments: EnvironmentStore;
  metrics: Pick<Metrics, 'decided'>;
  notices: Pick<Notices, 'wouldDeploy'>;
  queue: RolloutQueue;
  registries: RegistryService;
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
  /** What policies that only tell would have deployed. */
  told: Array<Parameters<Notices['wouldDeploy']>[0]>;
  policyIds: string[];
  blocked: Reason[];
  recorded: Reason[];
  rejected: Reason[];
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
      told: [],
      policyIds: [],
      blocked: [],
      recorded: [],
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
      const verdict = await this.#judge.judge(trx, policy, change, {
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
      if (verdict.outcome !== 'accepted') {
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
    await this.options.decisions.setRejections(trx, change.id, rejections);
    return result;
  }

  /** To be called after the transaction: wakes the worker, and tells people. */
  announce({ rollouts, told, ...others }: DecisionResult): void {
    const { metrics } = this.options;
    metrics.decided('accepted', rollouts.length);
    metrics.decided('blocked', others.blocked.length);
    metrics.decided('recorded', others.recorded.length);
    metrics.decided('rejected', others.rejected.length);
    rollouts.forEach(rollout => this.options.queue.announce(rollout));
    told.forEach(subject => void this.options.notices.wouldDeploy(subject));
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
