import {
  comparePushedTag,
  CompiledRule,
  compileRule,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { RegistryService } from '../registries';
import { RolloutQueue, RolloutStore, StoredRollout } from '../rollouts';
import { environmentOf, EnvironmentStore, TargetStore } from '../targets';
import { Authority } from './Authority';
import { DecisionStore, Rejection, TagChange } from './DecisionStore';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';

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
  environmentOf(policy: StoredPolicy): string | undefined;
}

/** What a change came to over all policies. */
export interface DecisionResult {
  rollouts: StoredRollout[];
  policyIds: string[];
  blocked: Reason[];
  rejected: Reason[];
}

/** Compiled rules by their text; policies come fresh from the database. */
const compiledRules = new Map<string, CompiledRule>();
const MAX_COMPILED_RULES = 5000;

function compiled(policy: StoredPolicy): CompiledRule {
  const text = JSON.stringify(policy.rule);
  const known = compiledRules.get(text);
  if (known) {
    return known;
  }
  const rule = compileRule(policy.rule);
  if (compiledRules.size >= MAX_COMPILED_RULES) {
    compiledRules.clear();
  }
  compiledRules.set(text, rule);
  return rule;
}

/** Decides, for each policy that listens, what a change of a tag means. */
export class Decider {
  constructor(private readonly options: DeciderOptions) {}

  /**
   * Asks the catalog for everything the policies that could take a tag need.
   * @param only - ids of the policies to ask; default all that listen
   */
  async prepare(
    change: Pick<TagChange, 'registryId' | 'repository' | 'tag' | 'digest'>,
    only?: string[],
  ): Promise<Prepared> {
    const { policies, registries, environments, authority } = this.options;
    const { registryId, repository, tag, digest } = change;
    const [listening, registry, places] = await Promise.all([
      policies.listening(registryId, repository),
      registries.get(registryId),
      environments.list(),
    ]);
    const asked = only
      ? listening.filter(policy => only.includes(policy.id))
      : listening;
    return {
      policies: await Promise.all(
        asked.map(async policy => ({
          policy,
          objection: compiled(policy).test(tag).accepted
            ? await authority.objection(policy)
            : undefined,
        })),
      ),
      reference: registries.pullReference(registry, {
        repository,
        tag,
        digest,
      }),
      environmentOf: policy => environmentOf(places, policy.target)?.name,
    };
  }

  /** Decides inside the transaction that recorded the change. */
  async decide(
    trx: Knex.Transaction,
    change: TagChange,
    prepared: Prepared,
  ): Promise<DecisionResult> {
    const result: DecisionResult = {
      rollouts: [],
      policyIds: [],
      blocked: [],
      rejected: [],
    };
    const rejections: Rejection[] = [];
    for (const { policy, objection } of prepared.policies) {
      const current = await this.options.policies.find(policy.id, trx);
      if (!current?.enabled || current.version !== policy.version) {
        continue;
      }
      const verdict = await this.#judge(trx, current, change, objection);
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
        policy: current,
        change,
        outcome,
        reason,
      });
      if (outcome === 'blocked') {
        result.blocked.push(verdict.reason);
      } else {
        result.rollouts.push(
          await this.#enqueue(trx, current, change, id, prepared),
        );
      }
    }
    await this.options.decisions.setRejections(trx, change.id, rejections);
    return result;
  }

  async #judge(
    trx: Knex.Transaction,
    policy: StoredPolicy,
    change: TagChange,
    objection: Reason | undefined,
  ): Promise<{ outcome: 'accepted' | 'rejected' | 'blocked'; reason: Reason }> {
    const { targetStore, policies } = this.options;
    const pushed = {
      tag: change.tag,
      digest: change.digest,
      pushedAt: change.pushedAt,
    };
    const verdict = comparePushedTag(compiled(policy), pushed, policy.head);
    const isHead =
      policy.head?.tag === change.tag && policy.head.digest === change.digest;
    if (!verdict.accepted || (!verdict.newer && !isHead)) {
      return { outcome: 'rejected', reason: verdict.reason };
    }
    const { targetKey } = policy;
    await targetStore.lock(trx, targetKey);
    if (policy.blocked) {
      return { outcome: 'blocked', reason: policy.blocked };
    }
    await policies.setHead(policy, { head: pushed }, trx);
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
      reason: policyReasons.deploys(change.tag, verdict.reason),
    };
  }

  /** What the locked target runs or is on its way to; undefined when unknown. */
  async #desired(
    trx: Knex.Transaction,
    targetKey: string,
  ): Promise<string | undefined> {
    const newest = await this.options.rollouts.newestEffective(trx, targetKey);
    return newest?.state === 'failed' ? undefined : newest?.image.digest;
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
