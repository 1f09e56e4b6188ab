import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  compileRule,
  CreatePolicy,
  deploymentReadPermission,
  evaluateRule,
  ImageRegistrySignal,
  Policy,
  PolicyPreview,
  policyUpdatePermission,
  PreviewPolicy,
  targetKey,
  TargetRef,
  UpdatePolicy,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { Access, Actor } from '../access';
import { withDriverErrors, withRegistryErrors } from '../http';
import { RegistryService } from '../registries';
import {
  ManualDeployHook,
  otherOwners,
  RolloutGate,
  RolloutPreflight,
  RolloutQueue,
} from '../rollouts';
import {
  FoundTarget,
  PORTAL_FIELD_MANAGER,
  TargetService,
  TargetStore,
} from '../targets';
import { Authority } from './Authority';
import { DecisionStore } from './DecisionStore';
import { listAllTags, PolicyEvaluator, RunningImage } from './PolicyEvaluator';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { readRule } from './readRule';
import { policyReasons, RUNNING_NEWER, RUNNING_NOT_ORDERED } from './reasons';

/** Candidates that a preview answers at most: the best and some others. */
const MAX_PREVIEW = 500;

/** What {@link PolicyService} is made of. */
export interface PolicyServiceOptions {
  access: Access;
  authority: Authority;
  decisions: DecisionStore;
  evaluator: PolicyEvaluator;
  logger: LoggerService;
  policies: PolicyStore;
  queue: RolloutQueue;
  registries: RegistryService;
  targets: TargetService;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** Auto-build policies: what people save, and what that stands against. */
export class PolicyService {
  constructor(private readonly options: PolicyServiceOptions) {}

  async create(actor: Actor, input: CreatePolicy): Promise<Policy> {
    const enabled = input.enabled ?? true;
    compileRule(input.rule);
    const { entity, found } = await this.#check(actor, input, enabled);
    await withDriverErrors(() => this.#removeOrphan(targetKey(input.target)));
    const id = randomUUID();
    await this.options.policies.insert({
      id,
      entityRef: stringifyEntityRef(entity),
      targetKey: targetKey(input.target),
      image: input.image,
      rule: input.rule,
      enabled,
      author: actor.ref,
    });
    return this.#afterSave(id, await this.#running(found));
  }

  async update(
    actor: Actor,
    id: string,
    change: UpdatePolicy,
  ): Promise<Policy> {
    const before = await this.options.policies.get(id);
    const next = {
      entityRef: before.entityRef,
      target: before.target,
      image: change.image ?? before.image,
      rule: change.rule ?? before.rule,
    };
    const enabled = change.enabled ?? before.enabled;
    compileRule(next.rule);
    const { found } = await this.#check(actor, next, enabled);
    await this.options.decisions.transaction(async trx => {
      await this.options.targetStore.lock(trx, before.targetKey);
      await this.options.policies.update(trx, id, change.version, {
        image: next.image,
        rule: next.rule,
        enabled,
        author: actor.ref,
      });
      await this.options.queue.cancelAutomation(
        trx,
        before.targetKey,
        enabled ? policyReasons.policyChanged() : policyReasons.policyGone(),
      );
    });
    return this.#afterSave(id, await this.#running(found));
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { access, policies } = this.options;
    const policy = await policies.get(id);
    await access.requireEntity(actor, policy.entityRef, policyUpdatePermission);
    await this.#remove(policy);
  }

  /**
   * A component that was renamed or unbound leaves a policy that can deploy
   * nothing and that nobody may change: it must not keep the target for ever.
   */
  async #removeOrphan(key: string): Promise<void> {
    const { access, policies, targets } = this.options;
    const [policy] = await policies.ofTargets([key]);
    const entity = policy && (await access.entity(policy.entityRef));
    if (policy && !(entity && (await targets.owns(entity, policy.target)))) {
      await this.#remove(policy);
    }
  }

  async #remove(policy: StoredPolicy): Promise<void> {
    const { decisions, policies, publish } = this.options;
    await decisions.transaction(async trx => {
      await this.options.targetStore.lock(trx, policy.targetKey);
      await this.options.queue.cancelAutomation(
        trx,
        policy.targetKey,
        policyReasons.policyGone(),
      );
      await policies.remove(trx, policy.id);
    });
    publish({ topic: 'policy', id: policy.id, entityRef: policy.entityRef });
  }

  /** What a rule would choose from the tags as they are now. */
  async preview(actor: Actor, input: PreviewPolicy): Promise<PolicyPreview> {
    const entity = await this.options.access.requireEntity(
      actor,
      input.entityRef,
      deploymentReadPermission,
    );
    const rule = compileRule(input.rule);
    await this.#requireGrant(entity, input.image);
    const { registryId, repository } = input.image;
    const listing = await withRegistryErrors(async () =>
      listAllTags(await this.options.registries.client(registryId), repository),
    );
    const evaluation = evaluateRule(rule, listing.candidates, listing);
    const ranked = evaluation.candidates
      .map((candidate, index) => ({ candidate, index }))
      .sort(
        (a, b) =>
          (a.candidate.rank ?? Infinity) - (b.candidate.rank ?? Infinity) ||
          a.index - b.index,
      )
      .map(({ candidate }) => candidate);
    return {
      selected: evaluation.selected?.tag,
      blocked: evaluation.blocked,
      candidates: ranked.slice(0, MAX_PREVIEW),
      totalItems: ranked.length,
      complete: listing.complete,
      incompleteReason: listing.reason,
    };
  }

  /** The policies as the REST contract shows them. */
  async views(policies: StoredPolicy[]): Promise<Policy[]> {
    const latest = await this.options.decisions.latest(
      policies.map(policy => policy.id),
    );
    return policies.map(({ targetKey: _key, head, ...policy }) => {
      const last = latest.get(policy.id);
      return {
        ...policy,
        head: head && { tag: head.tag, digest: head.digest },
        lastDecision: last && {
          outcome: last.outcome,
          reason: last.reason,
          decidedAt: last.decidedAt,
          tag: last.tag,
        },
      };
    });
  }

  /** In the transaction that lifts a hold: the policy is to look again. */
  readonly liftHook = async (
    trx: Knex.Transaction,
    key: string,
  ): Promise<void> => {
    const { policies } = this.options;
    const [policy] = await policies.ofTargets([key], trx);
    if (policy?.enabled && !policy.blocked) {
      const { head } = policy;
      const blocked = policyReasons.beingRead();
      await policies.setHead(policy, { head, blocked }, trx);
    }
  };

  /** After a hold was lifted: what would have been deployed is decided now. */
  async resume(key: string): Promise<void> {
    const [policy] = await this.options.policies.ofTargets([key]);
    if (policy?.enabled) {
      await this.#lookAgain(policy);
    }
  }

  /** Policies whose tags could not be read are looked at again. */
  async lookAtBlocked(): Promise<void> {
    for (const policy of await this.options.policies.blockedByListing()) {
      await this.#lookAgain(policy);
    }
  }

  /** What a person deploys by hand, and the automation would not, holds it. */
  readonly manualDeployHook: ManualDeployHook = async (trx, rollout) => {
    const { policies, targetStore } = this.options;
    const [policy] = await policies.ofTargets([rollout.targetKey], trx);
    if (!policy?.enabled) {
      return;
    }
    const { tag, digest, repository } = rollout.image;
    if (tag && waitsForManualDeploy(policy)) {
      const accepted =
        repository === policy.image.repository &&
        readRule(policy.rule).rule?.test(tag).accepted;
      if (accepted) {
        await policies.setHead(policy, { head: policy.head }, trx);
      }
    }
    const hold = await targetStore.holdOf(trx, rollout.targetKey);
    const isCandidate = policy.head?.digest === digest;
    if (isCandidate && hold) {
      await targetStore.lift(trx, hold.id);
    }
    if (!isCandidate && !hold) {
      await targetStore.hold(trx, {
        targetKey: rollout.targetKey,
        entityRef: rollout.entityRef,
        reason: rollout.note ?? policyReasons.manualDeploy().message,
        author: rollout.author,
      });
    }
  };

  /** A policy that was deleted or switched off deploys nothing any more. */
  readonly gate: RolloutGate = async (trx, rollout) => {
    if (!rollout.policyId) {
      return undefined;
    }
    const policy = await this.options.policies.find(rollout.policyId, trx);
    return policy?.enabled
      ? undefined
      : { verdict: 'cancelled', reason: policyReasons.policyGone() };
  };

  /** The automation deploys only while the policy's author still may. */
  readonly preflight: RolloutPreflight = async rollout => {
    const policy =
      rollout.policyId && (await this.options.policies.find(rollout.policyId));
    if (!policy) {
      return undefined;
    }
    const reason = await this.options.authority.objection(policy);
    return reason && { verdict: 'failed', reason };
  };

  async #check(
    actor: Actor,
    input: Pick<CreatePolicy, 'entityRef' | 'target' | 'image'>,
    enabled: boolean,
  ): Promise<{ entity: Entity; found: FoundTarget }> {
    const { access, targets, targetStore } = this.options;
    const entity = await access.requireEntity(
      actor,
      input.entityRef,
      policyUpdatePermission,
    );
    await this.#requireGrant(entity, input.image);
    const found = await withDriverErrors(() =>
      targets.find(entity, input.target),
    );
    if (!found.writable.ok) {
      throw new NotAllowedError(
        found.writable.reason?.message ?? 'This target cannot be written',
      );
    }
    const owners = otherOwners(found, PORTAL_FIELD_MANAGER);
    const key = targetKey(input.target);
    const record = (await targetStore.get([key])).get(key);
    if (enabled && owners.length > 0 && !record?.consent) {
      throw new ConflictError(
        `The image field is managed by ${owners.join(
          ', ',
        )}; choose "Manage this image from the portal" first`,
      );
    }
    return { entity, found };
  }

  async #requireGrant(
    entity: Entity,
    image: CreatePolicy['image'],
  ): Promise<void> {
    const { registries } = this.options;
    const registry = await registries.get(image.registryId);
    if (!registries.isGranted(registry, image.repository, entity)) {
      throw new NotAllowedError(
        policyReasons.notGranted(image.repository, registry.name).message,
      );
    }
  }

  async #afterSave(id: string, running: RunningImage): Promise<Policy> {
    await this.#look(id, running);
    return (await this.views([await this.options.policies.get(id)]))[0];
  }

  async #lookAgain(policy: StoredPolicy): Promise<void> {
    try {
      const running = await this.#runningOf(policy);
      if (running) {
        await this.#look(policy.id, running);
      }
    } catch (error) {
      this.options.logger.warn(`Policy ${policy.id}: ${error}`);
    }
  }

  /**
   * What cannot be asked now, a registry or the catalog, does not undo what
   * was saved. The policy stays blocked and is looked at again.
   */
  async #look(id: string, running: RunningImage): Promise<void> {
    try {
      await this.options.evaluator.look(id, running);
    } catch (error) {
      this.options.logger.warn(`Policy ${id}: ${error}`);
    }
  }

  async #runningOf(policy: StoredPolicy): Promise<RunningImage | undefined> {
    const entity = await this.options.access.entity(policy.entityRef);
    try {
      return (
        entity &&
        this.#running(await this.options.targets.find(entity, policy.target))
      );
    } catch (error) {
      this.options.logger.warn(`Policy ${policy.id}: ${error}`);
      return undefined;
    }
  }

  async #running({ workload }: FoundTarget): Promise<RunningImage> {
    const served = await this.options.registries.findByImage(workload.image);
    const written = served?.digest ? [served.digest] : [];
    return {
      repository: served?.repository,
      tag: served?.tag,
      digests: [...written, ...workload.runningDigests],
    };
  }
}

/** Blocked by what runs, until a person deploys what the rule takes. */
function waitsForManualDeploy({ blocked }: StoredPolicy): boolean {
  return (
    blocked?.code === RUNNING_NOT_ORDERED || blocked?.code === RUNNING_NEWER
  );
}

/** Which target a policy deploys to, for its usages. */
export function describeTarget(target: TargetRef): string {
  return `${target.kind} ${target.namespace}/${target.name} in ${target.cluster}`;
}
