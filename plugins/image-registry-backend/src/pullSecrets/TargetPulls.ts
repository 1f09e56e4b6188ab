import { Entity } from '@backstage/catalog-model';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  KeptPullSecret,
  NodePlatforms,
  TargetPullAccess,
  TargetRef,
  TestPull,
  TestPullStep,
} from '@slipway/backstage-plugin-image-registry-common';
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

/** Milliseconds that one request waits for a node. */
const TEST_PULL_DEADLINE_MS = 45_000;

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

  /** Gives the target's pods a login for the registry of their image. */
  async attach(
    entity: Entity,
    target: TargetRef,
    options: { author: string; attach: 'workload' | 'service-account' },
  ): Promise<KeptPullSecret> {
    const { registries, secrets, targets } = this.options;
    const { workload, writable } = await targets.find(entity, target);
    requireWritable(writable);
    const served = await registries.findByImage(workload.image);
    if (!served) {
      throw new ConflictError(
        `No connected registry serves ${workload.image}, so there is no login for it`,
      );
    }
    const { cluster, namespace } = target;
    const key = { cluster, namespace, registryId: served.registry.id };
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

  /** Lets a node pull, with what the target's pods have. */
  async test(
    entity: Entity,
    target: TargetRef,
    { image }: Pick<TestPull, 'image'>,
    signal: AbortSignal,
  ): Promise<TestPullStep[]> {
    const { drivers, targets } = this.options;
    const { workload, writable } = await targets.find(entity, target);
    requireWritable(writable);
    const driver = await drivers.places(target);
    const { access } = await this.access(entity, target);
    const reference = image
      ? await this.#grantedReference(entity, image)
      : workload.image;
    const steps: TestPullStep[] = [];
    const named = access.secrets.filter(s => s.namedBy === 'pod-template');
    for await (const step of driver.testPull(
      {
        place: target,
        image: reference,
        serviceAccount: access.serviceAccount,
        pullSecrets: named.map(({ name }) => name),
        deadlineMs: TEST_PULL_DEADLINE_MS,
      },
      signal,
    )) {
      steps.push(step);
    }
    return steps;
  }

  /** A test pull tells whether an image exists: grants hold for it too. */
  async #grantedReference(
    entity: Entity,
    image: NonNullable<TestPull['image']>,
  ): Promise<string> {
    const { registries } = this.options;
    const registry = await registries.get(image.registryId);
    if (!registries.isGranted(registry, image.repository, entity)) {
      throw new NotAllowedError(
        `${image.repository} of ${registry.name} is not granted to this component`,
      );
    }
    return registries.pullReference(registry, image);
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
