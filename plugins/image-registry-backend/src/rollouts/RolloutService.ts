import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  CreateRollout,
  deploymentCreatePermission,
  deploymentRollbackPermission,
  ImageDetails,
  Rollout,
  RolloutAction,
  RolloutDiff,
  RolloutImage,
  targetConsentPermission,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { createHash, randomUUID } from 'node:crypto';
import { Access, Actor } from '../access';
import { withDriverErrors, withRegistryErrors } from '../http';
import { RegistryService, StoredRegistry } from '../registries';
import {
  Drivers,
  FoundTarget,
  PORTAL_FIELD_MANAGER,
  TargetService,
  TargetStore,
} from '../targets';
import { otherOwners } from './gates';
import { because, rolloutReasons } from './reasons';
import { ManualDeployHook } from './RolloutAutomation';
import { RolloutQueue } from './RolloutQueue';
import { RolloutStore } from './RolloutStore';
import { NewRollout, StoredRollout, toApi } from './StoredRollout';

/** What {@link RolloutService} is made of. */
export interface RolloutServiceOptions {
  access: Access;
  drivers: Drivers;
  queue: RolloutQueue;
  registries: RegistryService;
  rollouts: RolloutStore;
  targets: TargetService;
  targetStore: TargetStore;
}

/** Everything that was looked up for a person's wish to deploy. */
interface DeployPlan {
  entity: Entity;
  registry: StoredRegistry;
  image: RolloutImage & { digest: string };
  details: Omit<ImageDetails, 'registryId' | 'pullReference'>;
  /** The tag means another digest than the person saw. */
  movedTo?: string;
  found: FoundTarget;
  owners: string[];
  consented: boolean;
}

/** Deploys, rollbacks, retries and cancels that people and services ask for. */
export class RolloutService {
  readonly #hooks: ManualDeployHook[] = [];

  constructor(private readonly options: RolloutServiceOptions) {}

  addManualDeployHook(hook: ManualDeployHook): void {
    this.#hooks.push(hook);
  }

  /** What a deploy would change and what stands against it. */
  async diff(actor: Actor, request: CreateRollout): Promise<RolloutDiff> {
    const plan = await this.#plan(actor, request);
    const diff = await withDriverErrors(async () => {
      const driver = await this.options.drivers.for(request.target);
      return driver.diff({
        target: request.target,
        image: plan.image.reference,
        sequence: Number.MAX_SAFE_INTEGER,
        force: false,
      });
    });
    return {
      target: request.target,
      image: plan.image,
      changes: diff.changes,
      conflicts: diff.conflicts,
      consented: plan.consented || plan.owners.length === 0,
      unchanged: diff.unchanged,
      checks: checksOf(plan),
    };
  }

  /**
   * @param idempotencyKey - the same key of the same caller answers the rollout
   * that the first request made
   * @throws ConflictError when the same key came with another wish
   */
  async create(
    actor: Actor,
    request: CreateRollout,
    idempotencyKey: string | undefined,
  ): Promise<Rollout> {
    const key = idempotencyKey && hashKey(actor, idempotencyKey);
    const earlier =
      key && (await this.options.rollouts.findByIdempotencyKey(key));
    if (earlier) {
      return sameWish(earlier, request);
    }
    const plan = await this.#plan(actor, request);
    this.#refuseObstacles(plan, request);
    if (plan.owners.length > 0 && !plan.consented) {
      await this.#takeConsent(actor, request, plan);
    }
    return this.#enqueue(
      {
        id: randomUUID(),
        entityRef: stringifyEntityRef(plan.entity),
        targetKey: targetKey(request.target),
        environment: plan.found.environment?.name,
        image: plan.image,
        cause: 'person',
        author: actor.ref,
        note: request.reason,
        idempotencyKey: key,
      },
      request,
    );
  }

  /** Returns the target to what ran before a rollout. */
  async rollback(
    actor: Actor,
    id: string,
    action: RolloutAction,
  ): Promise<Rollout> {
    const origin = await this.options.rollouts.get(id);
    const entity = await this.options.access.requireEntity(
      actor,
      origin.entityRef,
      deploymentRollbackPermission,
    );
    const { previous } = origin;
    if (!previous?.digest) {
      throw new ConflictError(
        'It is not known which image ran before this rollout, so it cannot be returned to',
      );
    }
    await this.#requireStillThere(previous);
    return this.#repeat(actor, entity, origin, {
      cause: 'rollback',
      image: {
        ...previous,
        digest: previous.digest,
        reference: pinned(previous),
      },
      note: action.reason,
    });
  }

  /** Deploys the same digest again. */
  async retry(
    actor: Actor,
    id: string,
    action: RolloutAction,
  ): Promise<Rollout> {
    const origin = await this.options.rollouts.get(id);
    const entity = await this.options.access.requireEntity(
      actor,
      origin.entityRef,
      deploymentCreatePermission,
    );
    await this.#requireStillThere(origin.image);
    return this.#repeat(actor, entity, origin, {
      cause: 'retry',
      image: origin.image,
      note: action.reason,
    });
  }

  /** @throws ConflictError when it is under way or over already */
  async cancel(actor: Actor, id: string): Promise<Rollout> {
    const { access, rollouts, targetStore, queue } = this.options;
    const before = await rollouts.get(id);
    await access.requireEntity(
      actor,
      before.entityRef,
      deploymentCreatePermission,
    );
    await rollouts.transaction(async trx => {
      await targetStore.lock(trx, before.targetKey);
      const rollout = await rollouts.get(id, trx);
      if (rollout.state !== 'queued' && rollout.state !== 'waiting') {
        throw new ConflictError(
          `Only what is queued or waiting can be cancelled; this rollout is ${rollout.state}`,
        );
      }
      await rollouts.transition(trx, rollout, 'cancelled', {
        reason: rolloutReasons.cancelled(actor.ref),
      });
    });
    queue.announce(before);
    return toApi(await rollouts.get(id));
  }

  async #plan(actor: Actor, request: CreateRollout): Promise<DeployPlan> {
    const { access, registries, targets, targetStore } = this.options;
    const entity = await access.requireEntity(
      actor,
      request.entityRef,
      deploymentCreatePermission,
    );
    const { registryId, repository, tag, digest } = request.image;
    const registry = await registries.get(registryId);
    if (!registries.isGranted(registry, repository, entity)) {
      throw new NotAllowedError(
        rolloutReasons.notGranted(repository, registry.name).message,
      );
    }
    const reference = tag ?? digest;
    if (!reference) {
      throw new InputError('Invalid body: image: give a tag or a digest');
    }
    const [details, found, records] = await Promise.all([
      withRegistryErrors(() => this.#inspect(registryId, repository, request)),
      withDriverErrors(() => targets.find(entity, request.target)),
      targetStore.get([targetKey(request.target)]),
    ]);
    const wanted = digest ?? details.resolved;
    return {
      entity,
      registry,
      image: {
        registryId,
        repository,
        tag,
        digest: wanted,
        reference: registries.pullReference(registry, {
          repository,
          tag,
          digest: wanted,
        }),
      },
      details: details.image,
      movedTo:
        tag && wanted !== details.resolved ? details.resolved : undefined,
      found,
      owners: otherOwners(found, PORTAL_FIELD_MANAGER),
      consented: Boolean(records.get(targetKey(request.target))?.consent),
    };
  }

  async #inspect(
    registryId: string,
    repository: string,
    { image: { tag, digest } }: CreateRollout,
  ): Promise<{ resolved: string; image: DeployPlan['details'] }> {
    const client = await this.options.registries.client(registryId);
    const options = { priority: 'interactive' as const };
    const resolved = tag
      ? (await client.resolve(repository, tag, options)).digest
      : digest!;
    const image = await client.inspect(repository, digest ?? resolved, options);
    return { resolved, image };
  }

  #refuseObstacles(plan: DeployPlan, request: CreateRollout): void {
    if (plan.movedTo && !request.allowMovedTag) {
      throw new ConflictError(
        `The tag ${plan.image.tag} was moved: you saw ${plan.image.digest}, it means ${plan.movedTo} now`,
      );
    }
    if (!plan.found.writable.ok) {
      throw new NotAllowedError(
        plan.found.writable.reason?.message ?? 'This target cannot be written',
      );
    }
    if (plan.details.kind !== 'image') {
      throw new InputError(
        `Invalid body: image: ${plan.image.repository} at ${plan.image.digest} is a ${plan.details.kind}, which cannot run`,
      );
    }
  }

  async #takeConsent(
    actor: Actor,
    request: CreateRollout,
    plan: DeployPlan,
  ): Promise<void> {
    if (!request.consent) {
      throw new ConflictError(
        rolloutReasons.needsConsent(plan.owners.join(', ')).message,
      );
    }
    await this.options.access.requireEntity(
      actor,
      request.entityRef,
      targetConsentPermission,
    );
    await this.options.targetStore.consent(
      targetKey(request.target),
      actor.ref,
    );
  }

  /**
   * A registry that cannot be asked does not stand in the way of going back:
   * the nodes may still hold the image.
   */
  async #requireStillThere(image: RolloutImage): Promise<void> {
    if (!image.registryId || !image.digest) {
      return;
    }
    try {
      const client = await this.options.registries.client(image.registryId);
      await client.resolve(image.repository, image.digest, {
        priority: 'interactive',
      });
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'not-found') {
        throw new ConflictError(
          `${image.repository}@${image.digest} is not in its registry any more`,
        );
      }
    }
  }

  async #repeat(
    actor: Actor,
    entity: Entity,
    origin: StoredRollout,
    what: Pick<NewRollout, 'cause' | 'image' | 'note'>,
  ): Promise<Rollout> {
    const found = await withDriverErrors(() =>
      this.options.targets.find(entity, origin.target),
    );
    if (!found.writable.ok) {
      throw new NotAllowedError(
        found.writable.reason?.message ?? 'This target cannot be written',
      );
    }
    return this.#enqueue({
      id: randomUUID(),
      entityRef: origin.entityRef,
      targetKey: origin.targetKey,
      environment: found.environment?.name,
      author: actor.ref,
      originId: origin.id,
      ...what,
    });
  }

  async #enqueue(
    rollout: NewRollout,
    request?: CreateRollout,
  ): Promise<Rollout> {
    const key = rollout.idempotencyKey;
    const { rollouts, queue } = this.options;
    try {
      const stored = await rollouts.transaction(async trx => {
        const inserted = await queue.enqueue(trx, rollout);
        for (const hook of this.#hooks) {
          await hook(trx, inserted);
        }
        return inserted;
      });
      queue.announce(stored);
      return toApi(stored);
    } catch (error) {
      const twin =
        key && isDatabaseConflictError(error)
          ? await rollouts.findByIdempotencyKey(key)
          : undefined;
      if (twin && request) {
        return sameWish(twin, request);
      }
      throw error;
    }
  }
}

/** @throws ConflictError when a key is used again for something else */
function sameWish(earlier: StoredRollout, request: CreateRollout): Rollout {
  const { registryId, repository, tag, digest } = request.image;
  const same =
    earlier.targetKey === targetKey(request.target) &&
    earlier.image.registryId === registryId &&
    earlier.image.repository === repository &&
    earlier.image.tag === tag &&
    (digest === undefined || earlier.image.digest === digest);
  if (!same) {
    throw new ConflictError(
      'This Idempotency-Key was used for another deploy; use a new one',
    );
  }
  return toApi(earlier);
}

function hashKey(actor: Actor, key: string): string {
  return createHash('sha256').update(`${actor.ref}\n${key}`).digest('hex');
}

/** The reference as it was written, with the digest that ran. */
function pinned(image: RolloutImage): string {
  const [written] = image.reference.split('@');
  return `${written}@${image.digest}`;
}

function checksOf(plan: DeployPlan): RolloutDiff['checks'] {
  const { image, details, movedTo, found, registry } = plan;
  const platforms = details.platforms
    .map(
      ({ platform }) => platform && `${platform.os}/${platform.architecture}`,
    )
    .filter(Boolean)
    .join(', ');
  return [
    {
      name: 'exists',
      ok: details.kind === 'image',
      reason:
        details.kind === 'image'
          ? because('image-exists', `The image exists in ${registry.name}`, {
              registry: registry.name,
            })
          : because('not-an-image', `This is a ${details.kind}`, {
              kind: details.kind,
            }),
    },
    {
      name: 'tag',
      ok: !movedTo,
      reason: movedTo
        ? because('tag-moved', `The tag means ${movedTo} now`, {
            seen: image.digest,
            now: movedTo,
          })
        : because('tag-confirmed', `Deployed as ${image.digest}`, {
            digest: image.digest,
          }),
    },
    {
      name: 'platforms',
      ok: true,
      warning: platforms === '',
      reason: because('platforms', platforms || 'Not known', { platforms }),
    },
    {
      name: 'target',
      ok: found.writable.ok,
      reason:
        found.writable.reason ??
        because('target-confirmed', 'The cluster says this is the component’s'),
    },
  ];
}
