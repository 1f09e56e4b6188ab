import { Entity } from '@backstage/catalog-model';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  ImageRepository,
  KeptPullSecret,
  NodePlatforms,
  TargetPullAccess,
  TargetRef,
  TestPull,
  TestPullStep,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { PullLoginRefusedError, RegistryService } from '../registries';
import { Drivers, requireWritable, TargetService } from '../targets';
import { PullSecretService } from './PullSecretService';

/** What {@link TargetPulls} is made of. */
export interface TargetPullsOptions {
  drivers: Drivers;
  registries: RegistryService;
  secrets: PullSecretService;
  targets: TargetService;
}

/** Milliseconds until a test pull is given up: large images take minutes. */
export const TEST_PULL_DEADLINE_MS = 180_000;

/** A test pull that goes on as long as its steps are asked for. */
export interface BegunTestPull {
  /** As the pod names it. */
  image: string;
  steps: AsyncIterable<TestPullStep>;
}

/** What the targets of a component pull with. */
export class TargetPulls {
  constructor(private readonly options: TargetPullsOptions) {}

  async platforms(entity: Entity, target: TargetRef): Promise<NodePlatforms> {
    await this.options.targets.requireOwn(entity, target);
    const driver = await this.options.drivers.places(target);
    return driver.nodePlatforms({ place: target, workload: target });
  }

  async access(entity: Entity, target: TargetRef): Promise<TargetPullAccess> {
    const { drivers, registries, targets } = this.options;
    const { workload } = await targets.find(entity, target);
    const served = await registries.findByImage(workload.image);
    const driver = await drivers.places(target);
    const access = await driver.pullAccess({
      place: target,
      workload: target,
      host: repositoryOf(workload.image),
    });
    return {
      registryId: served?.registry.id,
      anonymous: served ? await this.#isAnonymous(served.registry.id) : false,
      access,
    };
  }

  /**
   * Gives the target's pods a login for the registry of their image, or of
   * one that they are to run.
   */
  async attach(
    entity: Entity,
    target: TargetRef,
    options: {
      author: string;
      attach: 'workload' | 'service-account';
      image?: ImageRepository;
    },
  ): Promise<KeptPullSecret> {
    const { secrets, targets } = this.options;
    const { workload, writable } = await targets.find(entity, target);
    requireWritable(writable);
    const registryId = options.image
      ? await this.#grantedRegistry(entity, options.image)
      : await this.#registryOf(workload.image);
    const { cluster, namespace } = target;
    const key = { cluster, namespace, registryId };
    if (options.attach === 'workload') {
      return secrets.keep({
        ...key,
        author: options.author,
        attach: { workload: target },
      });
    }
    const { serviceAccount } = (await this.access(entity, target)).access;
    return secrets.keep({ ...key, author: options.author, serviceAccount });
  }

  /**
   * Lets a node pull, with what the target's pods have. The pod is made when
   * the first step is asked for.
   */
  async test(
    entity: Entity,
    target: TargetRef,
    { image }: Pick<TestPull, 'image'>,
    signal: AbortSignal,
  ): Promise<BegunTestPull> {
    const { drivers, targets } = this.options;
    const { workload, writable } = await targets.find(entity, target);
    requireWritable(writable);
    const driver = await drivers.places(target);
    const { access } = await this.access(entity, target);
    const reference = image
      ? await this.#grantedReference(entity, image)
      : workload.image;
    const named = access.secrets.filter(s => s.namedBy === 'pod-template');
    const steps = driver.testPull(
      {
        place: target,
        image: reference,
        serviceAccount: access.serviceAccount,
        pullSecrets: named.map(({ name }) => name),
        deadlineMs: TEST_PULL_DEADLINE_MS,
      },
      signal,
    );
    return { image: reference, steps };
  }

  /** A test pull tells whether an image exists: grants hold for it too. */
  async #grantedReference(
    entity: Entity,
    image: NonNullable<TestPull['image']>,
  ): Promise<string> {
    const { registries } = this.options;
    await this.#grantedRegistry(entity, image);
    const registry = await registries.get(image.registryId);
    return registries.pullReference(registry, image);
  }

  /** @throws NotAllowedError when the component may not use the image */
  async #grantedRegistry(
    entity: Entity,
    { registryId, repository }: ImageRepository,
  ): Promise<string> {
    const { registries } = this.options;
    const registry = await registries.get(registryId);
    if (!registries.isGranted(registry, repository, entity)) {
      throw refusal(
        NotAllowedError,
        because(
          'not-granted',
          `${repository} of ${registry.name} is not granted to this component`,
          { repository, registry: registry.name },
        ),
      );
    }
    return registry.id;
  }

  /** @throws ConflictError when no connected registry serves it */
  async #registryOf(image: string): Promise<string> {
    const served = await this.options.registries.findByImage(image);
    if (!served) {
      throw refusal(
        ConflictError,
        because(
          'image-not-served',
          `No connected registry serves ${image}, so there is no login for it`,
          { image },
        ),
      );
    }
    return served.registry.id;
  }

  async #isAnonymous(registryId: string): Promise<boolean> {
    try {
      return !(await this.options.registries.pullLogin(registryId));
    } catch (error) {
      if (error instanceof PullLoginRefusedError) {
        return false;
      }
      throw error;
    }
  }
}

/** Without tag and digest: what a secret has to fit. */
function repositoryOf(image: string): string {
  const [name] = image.split('@', 1);
  return name.replace(/:[^:/]+$/, '');
}
