import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  Reason,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { FoundTarget, TargetService } from '../targets';
import { backoffMs } from './backoff';
import {
  consentVerdict,
  GateVerdict,
  RolloutPreflight,
  RolloutReview,
} from './gates';
import { Held } from './Held';
import { Obstacles } from './Obstacles';
import { otherWorkloads } from './others';
import { ProtectionPreflight } from './ProtectionPreflight';
import { rolloutReasons } from './reasons';
import { isAutomatic, StoredRollout } from './StoredRollout';

/** For how long a person's rights at the request are relied on, in ms. */
const RIGHTS_HOLD_MS = 60_000;

/** What {@link Preparation} is made of. */
export interface PreparationOptions {
  access: Access;
  logger: LoggerService;
  obstacles: Obstacles;
  preflights: RolloutPreflight[];
  reviews: RolloutReview[];
  protection: Pick<ProtectionPreflight, 'prepare'>;
  registries: RegistryService;
  targets: TargetService;
}

/** Asks again, before the cluster is written, for all that has to hold. */
export class Preparation {
  constructor(private readonly options: PreparationOptions) {}

  /** May it still be done, and is the target there? */
  async prepare(held: Held): Promise<FoundTarget> {
    const entity = await this.#entity(held);
    const verdict = await this.#objection(held.rollout, entity);
    return verdict
      ? this.options.obstacles.refuse(held, verdict)
      : this.#findTarget(held, entity);
  }

  /** The target as it is, before anything is asked of who wants to write it. */
  async look(held: Held): Promise<FoundTarget> {
    return this.#findWritable(held, await this.#entity(held));
  }

  /** The target once more, when it was changed meanwhile. */
  async target(held: Held): Promise<FoundTarget> {
    return this.#findTarget(held, await this.#entity(held));
  }

  /**
   * The target of an automatic return. What only concerns the rollout that
   * failed is not asked again; others' fields are not taken back for it.
   */
  async targetOfReturn(held: Held): Promise<FoundTarget> {
    const found = await this.#findWritable(held, await this.#entity(held));
    return this.#requireConsent(held, found, {
      ...held.rollout,
      cause: 'policy',
    });
  }

  /** What stands against it, before the cluster is asked. */
  async #objection(
    rollout: StoredRollout,
    entity: Entity,
  ): Promise<GateVerdict | undefined> {
    const reason =
      (await this.#objectionToImages(rollout, entity)) ??
      (await this.#objectionToRequester(rollout, entity));
    if (reason) {
      return { verdict: 'failed', reason };
    }
    for (const preflight of this.options.preflights) {
      const verdict = await preflight(rollout, entity);
      if (verdict) {
        return verdict;
      }
    }
    await this.options.protection.prepare(rollout, entity);
    return undefined;
  }

  async #objectionToImages(
    { image, others = [], cause }: StoredRollout,
    entity: Entity,
  ): Promise<Reason | undefined> {
    // What ran here may run here again, whatever became of its registry.
    if (cause === 'rollback') {
      return undefined;
    }
    for (const each of [image, ...others.map(other => other.image)]) {
      const reason = await this.#objectionToImage(each, entity);
      if (reason) {
        return reason;
      }
    }
    return undefined;
  }

  async #objectionToImage(
    { registryId, repository }: StoredRollout['image'],
    entity: Entity,
  ): Promise<Reason | undefined> {
    const { registries } = this.options;
    if (!registryId) {
      return undefined;
    }
    const registry = await registries.find(registryId);
    if (!registry) {
      return rolloutReasons.registryGone(registryId);
    }
    return registries.isGranted(registry, repository, entity)
      ? undefined
      : rolloutReasons.notGranted(repository, registry.name);
  }

  async #objectionToRequester(
    rollout: StoredRollout,
    entity: Entity,
  ): Promise<Reason | undefined> {
    const { author, entityRef } = rollout;
    return hasWaitedLong(rollout) &&
      !(await this.options.access.stillMay(author, entity))
      ? rolloutReasons.requesterMayNot(author, entityRef)
      : undefined;
  }

  /** The component now; a catalog that does not answer is asked again later. */
  async #entity(held: Held): Promise<Entity> {
    const { rollout } = held;
    const { access, logger, obstacles } = this.options;
    let entity: Entity | undefined;
    try {
      entity = await access.entity(rollout.entityRef);
    } catch (error) {
      logger.warn(`Rollout ${rollout.id} waits for the catalog: ${error}`);
      const reason = rolloutReasons.catalogUnavailable();
      return obstacles.tryLater(held, reason, backoffMs(rollout.attempts));
    }
    if (!entity) {
      const reason = rolloutReasons.componentGone(rollout.entityRef);
      return obstacles.refuse(held, { verdict: 'failed', reason });
    }
    return entity;
  }

  /** The target as the cluster tells it now, with every right checked again. */
  async #findTarget(held: Held, entity: Entity): Promise<FoundTarget> {
    const { rollout } = held;
    const found = await this.#findWritable(held, entity);
    for (const review of this.options.reviews) {
      const objection = await review(rollout, found);
      if (objection) {
        return this.options.obstacles.refuse(held, objection);
      }
    }
    return this.#requireConsent(held, found, rollout);
  }

  async #findWritable(held: Held, entity: Entity): Promise<FoundTarget> {
    const { obstacles, targets } = this.options;
    const { rollout, keeper } = held;
    let found: FoundTarget;
    try {
      found = await targets.find(entity, rollout.target, {
        signal: keeper.signal,
      });
    } catch (error) {
      return obstacles.clusterFailed(held, error);
    }
    if (!found.writable.ok) {
      const reason =
        found.writable.reason ?? rolloutReasons.targetGone('Not writable');
      return obstacles.refuse(held, { verdict: 'failed', reason });
    }
    return found;
  }

  /** @param writer - whose right to take the field of others is asked about */
  async #requireConsent(
    held: Held,
    found: FoundTarget,
    writer: StoredRollout,
  ): Promise<FoundTarget> {
    const { obstacles, targets } = this.options;
    const others = otherWorkloads(writer, found);
    if (others.length < (writer.others?.length ?? 0)) {
      const reason = rolloutReasons.targetGone('A container is not there');
      return obstacles.refuse(held, { verdict: 'failed', reason });
    }
    const workloads = [found.workload, ...others];
    const records = await targets.records(workloads);
    for (const workload of workloads) {
      const verdict = consentVerdict(
        writer,
        workload,
        records.get(targetKey(workload.ref)),
      );
      if (verdict) {
        return obstacles.refuse(held, verdict);
      }
    }
    return found;
  }
}

/**
 * A person's right was checked at the request; after a while it is again. Who
 * is on call need not be an owner, whom the catalog could be asked about.
 */
function hasWaitedLong(rollout: StoredRollout): boolean {
  return (
    !isAutomatic(rollout) &&
    !rollout.emergency &&
    Date.now() - Date.parse(rollout.createdAt) > RIGHTS_HOLD_MS
  );
}
