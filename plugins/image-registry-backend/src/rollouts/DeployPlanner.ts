import { Entity } from '@backstage/catalog-model';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  CreateRollout,
  deploymentCreatePermission,
  deploymentEmergencyPermission,
  ImageDetails,
  RolloutImage,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { Access, Actor } from '../access';
import { withDriverErrors, withRegistryErrors } from '../http';
import { Protections, requireEmergencyMember } from '../protection';
import { RegistryService, StoredRegistry } from '../registries';
import {
  FoundTarget,
  otherOwners,
  requireWritable,
  TargetService,
} from '../targets';
import { rolloutReasons } from './reasons';

/** Everything that was looked up for a person's wish to deploy. */
export interface DeployPlan {
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

/** What {@link DeployPlanner} is made of. */
export interface DeployPlannerOptions {
  access: Access;
  protections: Protections;
  registries: RegistryService;
  targets: TargetService;
}

/** Looks up what a person wants to deploy, and where. */
export class DeployPlanner {
  constructor(private readonly options: DeployPlannerOptions) {}

  /**
   * @throws NotAllowedError when the caller or the component may not
   * @throws NotFoundError when the image or the target is not there
   */
  async plan(actor: Actor, request: CreateRollout): Promise<DeployPlan> {
    const { registries, targets } = this.options;
    const entity = await this.requireEntity(actor, request);
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
    const [details, found] = await Promise.all([
      withRegistryErrors(() => this.#inspect(registryId, repository, request)),
      withDriverErrors(() => targets.find(entity, request.target)),
    ]);
    const records = await targets.records([found.workload]);
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
      owners: otherOwners(found.workload),
      consented: Boolean(records.get(targetKey(request.target))?.consent),
    };
  }

  /**
   * The component, when the caller may deploy it. In an emergency that is who
   * is on call for the environment, owner or not.
   * @throws NotAllowedError
   */
  async requireEntity(
    actor: Actor,
    { entityRef, target, emergency }: CreateRollout,
  ): Promise<Entity> {
    const { access, protections } = this.options;
    if (emergency) {
      const environment = await protections.environmentOf(target);
      requireEmergencyMember(actor, target, environment);
      return access.requireEntity(
        actor,
        entityRef,
        deploymentEmergencyPermission,
        { ownership: 'waived' },
      );
    }
    return access.requireEntity(actor, entityRef, deploymentCreatePermission);
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
}

/**
 * Refuses what a plan shows to be impossible, or not to be what a person saw.
 *
 * @throws ConflictError, NotAllowedError or InputError saying what
 */
export function refuseObstacles(
  plan: DeployPlan,
  request: CreateRollout,
): void {
  if (plan.movedTo && !request.allowMovedTag) {
    throw new ConflictError(
      `The tag ${plan.image.tag} was moved: you saw ${plan.image.digest}, it means ${plan.movedTo} now`,
    );
  }
  requireWritable(plan.found.writable);
  if (plan.details.kind !== 'image') {
    throw new InputError(
      `Invalid body: image: ${plan.image.repository} at ${plan.image.digest} is a ${plan.details.kind}, which cannot run`,
    );
  }
}
