import { Entity } from '@backstage/catalog-model';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  CreateRollout,
  deploymentCreatePermission,
  deploymentEmergencyPermission,
  ImageDetails,
  Reason,
  RolloutImage,
  targetKey,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Access, Actor } from '../access';
import { invalidField, withDriverErrors, withRegistryErrors } from '../http';
import { Protections, requireEmergencyMember } from '../protection';
import { RegistryService, StoredRegistry } from '../registries';
import {
  FoundTarget,
  otherOwners,
  requireWritable,
  TargetService,
  undoneBy,
} from '../targets';
import { rolloutReasons } from './reasons';

/** What was looked up of one container of a wish to deploy. */
export interface ContainerPlan {
  target: TargetRef;
  registry: StoredRegistry;
  image: RolloutImage & { digest: string };
  details: Omit<ImageDetails, 'registryId' | 'pullReference'>;
  /** The tag means another digest than the person saw. */
  movedTo?: string;
  found: FoundTarget;
  owners: string[];
  consented: boolean;
  /** GitOps would undo it, and nobody has consented knowing that. */
  undoneBy?: Reason;
}

/** Everything that was looked up for a person's wish to deploy. */
export interface DeployPlan extends ContainerPlan {
  entity: Entity;
  /** Containers of the same workload that change together with it. */
  others: ContainerPlan[];
}

/** All containers of a plan, the target's first. */
export function containersOf(plan: DeployPlan): ContainerPlan[] {
  return [plan, ...plan.others];
}

/** Whether somebody has to consent before a container may be written. */
export function needsConsent(plan: ContainerPlan): boolean {
  const { owners, consented } = plan;
  return (owners.length > 0 && !consented) || plan.undoneBy !== undefined;
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
    const entity = await this.requireEntity(actor, request);
    const { target, image } = request;
    const others = otherWishes(request);
    const [first, ...rest] = await Promise.all(
      [{ target, image }, ...others].map(wish =>
        this.#planContainer(entity, wish),
      ),
    );
    return { entity, ...first, others: rest };
  }

  async #planContainer(
    entity: Entity,
    { target, image }: ContainerWish,
  ): Promise<ContainerPlan> {
    const { registries, targets } = this.options;
    const { registryId, repository, tag, digest } = image;
    const registry = await registries.get(registryId);
    if (!registries.isGranted(registry, repository, entity)) {
      throw refusal(
        NotAllowedError,
        rolloutReasons.notGranted(repository, registry.name),
      );
    }
    if (!tag && !digest) {
      throw invalidField(
        'image',
        because('tag-or-digest-needed', 'give a tag or a digest'),
      );
    }
    const [details, found] = await Promise.all([
      withRegistryErrors(() => this.#inspect(image)),
      withDriverErrors(() => targets.find(entity, target)),
    ]);
    const records = await targets.records([found.workload]);
    const record = records.get(targetKey(target));
    const wanted = digest ?? details.resolved;
    return {
      target,
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
      consented: Boolean(record?.consent),
      undoneBy: undoneBy(found.workload, record),
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

  async #inspect({
    registryId,
    repository,
    tag,
    digest,
  }: ContainerWish['image']): Promise<{
    resolved: string;
    image: ContainerPlan['details'];
  }> {
    const client = await this.options.registries.client(registryId);
    const options = { priority: 'interactive' as const };
    const resolved = tag
      ? (await client.resolve(repository, tag, options)).digest
      : digest!;
    const image = await client.inspect(repository, digest ?? resolved, options);
    return { resolved, image };
  }
}

/** One container of a wish to deploy. */
type ContainerWish = Pick<CreateRollout, 'target' | 'image'>;

/** @throws InputError when a container is named twice */
function otherWishes({ target, others = [] }: CreateRollout): ContainerWish[] {
  const names = [target.container, ...others.map(each => each.container)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalidField(
      'others',
      because(
        'container-named-twice',
        `the container ${twice} is named twice`,
        { container: twice },
      ),
    );
  }
  return others.map(({ container, image }) => ({
    target: { ...target, container },
    image,
  }));
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
  for (const each of containersOf(plan)) {
    const { image, movedTo, found, details } = each;
    if (movedTo && !request.allowMovedTag) {
      throw refusal(
        ConflictError,
        because(
          'tag-was-moved',
          `The tag ${image.tag} was moved: you saw ${image.digest}, it means ${movedTo} now`,
          { tag: image.tag ?? '', seen: image.digest ?? '', now: movedTo },
        ),
      );
    }
    requireWritable(found.writable);
    if (details.kind !== 'image') {
      throw invalidField(
        'image',
        because(
          'artifact-cannot-run',
          `${image.repository} at ${image.digest} is a ${details.kind}, which cannot run`,
          {
            repository: image.repository,
            digest: image.digest ?? '',
            kind: details.kind,
          },
        ),
      );
    }
  }
}
