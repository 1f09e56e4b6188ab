import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryError,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../../registries';
import { TargetRecord } from '../../targets';

/** Digests of platforms that are remembered; an index never changes. */
const MAX_REMEMBERED = 1000;

/** Compares what runs with what the portal put there. */
export class RunningImages {
  readonly #children = new Map<string, readonly string[]>();

  constructor(private readonly registries: RegistryService) {}

  /**
   * Whether a workload has what the portal put there: that image, the same
   * digest by another name, or one platform of it. What cannot be told now
   * counts as the same.
   */
  async runs(
    { image, runningDigests }: WorkloadTarget,
    { desiredDigest, desiredImage }: TargetRecord,
  ): Promise<boolean> {
    const written = digestIn(image);
    const digests = written ? [written] : runningDigests;
    if (
      image === desiredImage ||
      desiredDigest === undefined ||
      digests.includes(desiredDigest)
    ) {
      return true;
    }
    if (digests.length === 0) {
      return image === desiredImage?.split('@')[0];
    }
    const children = await this.#childrenOf(desiredImage, desiredDigest);
    return !children || children.some(child => digests.includes(child));
  }

  /** What a workload has, for the history. */
  async describe({
    image,
    runningDigest,
  }: WorkloadTarget): Promise<RolloutImage> {
    const served = await this.registries.findByImage(image);
    const digest = digestIn(image) ?? runningDigest;
    return served
      ? {
          registryId: served.registry.id,
          repository: served.repository,
          tag: served.tag,
          digest,
          reference: image,
        }
      : { repository: image.split('@')[0], digest, reference: image };
  }

  /** Undefined when the registry cannot be asked now. */
  async #childrenOf(
    image: string | undefined,
    digest: string,
  ): Promise<readonly string[] | undefined> {
    const known = this.#children.get(digest);
    if (known) {
      return known;
    }
    const served = image ? await this.registries.findByImage(image) : undefined;
    if (!served) {
      return [];
    }
    try {
      const client = await this.registries.client(served.registry.id);
      const { platforms } = await client.inspect(served.repository, digest, {
        priority: 'background',
      });
      const children = platforms.map(platform => platform.digest);
      if (this.#children.size >= MAX_REMEMBERED) {
        this.#children.clear();
      }
      this.#children.set(digest, children);
      return children;
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        throw error;
      }
      return error.code === 'not-found' ? [] : undefined;
    }
  }
}

function digestIn(image: string): string | undefined {
  const at = image.indexOf('@');
  return at === -1 ? undefined : image.slice(at + 1);
}
