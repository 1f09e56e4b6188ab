import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  compileRule,
  CreatePolicy,
  ImageRegistrySignal,
  Policy,
  policyUpdatePermission,
  targetKey,
  UpdatePolicy,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { randomUUID } from 'node:crypto';
import { Access, Actor } from '../access';
import { withDriverErrors } from '../http';
import { RegistryService } from '../registries';
import { RolloutQueue } from '../rollouts';
import {
  FoundTarget,
  otherOwners,
  requireWritable,
  TargetService,
  TargetStore,
  undoneBy,
} from '../targets';
import { DecisionStore } from './DecisionStore';
import { DriftWatch } from './drift';
import { PolicyLooks } from './PolicyLooks';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { policyReasons } from './reasons';
import { RepositoryListings } from './RepositoryListings';
import { requireGrant } from './requireGrant';
import { runningImageOf } from './RunningImage';

/** What {@link PolicyService} is made of. */
export interface PolicyServiceOptions {
  access: Access;
  decisions: DecisionStore;
  drift: Pick<DriftWatch, 'acknowledge'>;
  listings: RepositoryListings;
  looks: PolicyLooks;
  policies: PolicyStore;
  queue: RolloutQueue;
  registries: RegistryService;
  targets: TargetService;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** Auto-build policies as people save, change and delete them. */
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
      mode: input.mode ?? 'deploy',
      gates: input.gates ?? {},
      whenStopped: input.whenStopped ?? 'block',
      author: actor.ref,
    });
    return this.#afterSave(id, found, enabled);
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
        mode: change.mode ?? before.mode,
        gates: change.gates ?? before.gates,
        whenStopped: change.whenStopped ?? before.whenStopped,
        author: actor.ref,
      });
      await this.options.queue.cancelAutomation(
        trx,
        before.targetKey,
        enabled ? policyReasons.policyChanged() : policyReasons.policyGone(),
      );
    });
    return this.#afterSave(id, found, enabled && !before.enabled);
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

  /**
   * The tags that the last listing lost are gone for good: it decides now.
   * @throws ConflictError when no listing waits for that
   */
  async acceptListing(actor: Actor, id: string): Promise<Policy> {
    const { access, listings, looks, policies } = this.options;
    const policy = await policies.get(id);
    await access.requireEntity(actor, policy.entityRef, policyUpdatePermission);
    if (!(await listings.accept(policy.image))) {
      throw refusal(
        ConflictError,
        because(
          'no-listing-waits',
          'No listing of this repository lost its tags',
        ),
      );
    }
    await looks.again(policy);
    await looks.soon(policy.image);
    return (await this.views([await policies.get(id)]))[0];
  }

  /**
   * Reads the tags and decides anew: what is newest and not deployed, because
   * nobody approved it in time or it could not be read, is tried again.
   * @throws ConflictError when the policy is switched off
   */
  async evaluate(actor: Actor, id: string): Promise<Policy> {
    const { access, looks, policies } = this.options;
    const policy = await policies.get(id);
    await access.requireEntity(actor, policy.entityRef, policyUpdatePermission);
    if (!policy.enabled) {
      throw refusal(
        ConflictError,
        because('policy-off', 'This policy is switched off'),
      );
    }
    await looks.again(policy);
    return (await this.views([await policies.get(id)]))[0];
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

  async #check(
    actor: Actor,
    input: Pick<CreatePolicy, 'entityRef' | 'target' | 'image'>,
    enabled: boolean,
  ): Promise<{ entity: Entity; found: FoundTarget }> {
    const { access, targets } = this.options;
    const entity = await access.requireEntity(
      actor,
      input.entityRef,
      policyUpdatePermission,
    );
    await requireGrant(this.options.registries, entity, input.image);
    const found = await withDriverErrors(() =>
      targets.find(entity, input.target),
    );
    requireWritable(found.writable);
    const owners = otherOwners(found.workload);
    const key = targetKey(input.target);
    const record = (await targets.records([found.workload])).get(key);
    if (enabled && owners.length > 0 && !record?.consent) {
      const all = owners.join(', ');
      throw refusal(
        ConflictError,
        because(
          'policy-needs-consent',
          `The image field is managed by ${all}; choose "Manage this image from the portal" first`,
          { owners: all },
        ),
      );
    }
    const undone = enabled ? undoneBy(found.workload, record) : undefined;
    if (undone) {
      throw Object.assign(
        new ConflictError(
          `${undone.message}; somebody has to agree on the lane first that the portal deploys here all the same`,
        ),
        {
          reason: undone,
          remedy: because(
            'agree-on-lane',
            'Somebody has to agree on the lane first that the portal deploys here all the same',
          ),
        },
      );
    }
    return { entity, found };
  }

  async #afterSave(
    id: string,
    found: FoundTarget,
    turnedOn: boolean,
  ): Promise<Policy> {
    const { drift, looks, policies, registries } = this.options;
    if (turnedOn) {
      await drift.acknowledge(await policies.get(id), found.workload);
    }
    await looks.look(id, await runningImageOf(found, registries));
    return (await this.views([await this.options.policies.get(id)]))[0];
  }
}
