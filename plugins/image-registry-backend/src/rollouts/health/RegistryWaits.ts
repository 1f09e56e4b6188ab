import { NotFoundError } from '@backstage/errors';
import {
  Reason,
  RolloutImage,
  ScanSummary,
} from '@slipway/backstage-plugin-image-registry-common';
import { REGISTRY_REFUSES_FOR_NOW } from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService, StoredRegistry } from '../../registries';
import { registryWords } from './registryWords';
import { remembered } from './remembered';

/** How often a registry that holds an image back is asked about its scan, in ms. */
const SCAN_ASKED_MS = 15_000;

/** What {@link RegistryWaits} is made of. */
export interface RegistryWaitsOptions {
  registries: Pick<RegistryService, 'client' | 'find' | 'provider'>;
}

/** Tells in words for what of a registry a rollout waits. */
export class RegistryWaits {
  readonly #options: RegistryWaitsOptions;
  readonly #image: RolloutImage;
  readonly #scan = remembered(SCAN_ASKED_MS, () => this.#askForScan());

  constructor(options: RegistryWaitsOptions, image: RolloutImage) {
    this.#options = options;
    this.#image = image;
  }

  /** How reasons are told while this is what the driver says. */
  async inWords(reason: Reason | undefined): Promise<(told: Reason) => Reason> {
    const { registryId } = this.#image;
    if (reason?.code !== REGISTRY_REFUSES_FOR_NOW) {
      return told => told;
    }
    const registry = registryId
      ? await this.#options.registries.find(registryId)
      : undefined;
    const isHeldBack = reason.params?.cause === 'held-back';
    return registryWords(
      registry && this.#titleOf(registry),
      registry && isHeldBack ? await this.#scan() : undefined,
    );
  }

  /** Undefined when the registry does not tell. */
  async #askForScan(): Promise<ScanSummary['status'] | undefined> {
    const { registryId = '', repository, digest = '' } = this.#image;
    try {
      const client = await this.#options.registries.client(registryId);
      const report = await client.scanReport?.(repository, digest, {
        priority: 'background',
      });
      return report?.status;
    } catch {
      // The words are better with it, and right without.
      return undefined;
    }
  }

  #titleOf({ provider }: StoredRegistry): string | undefined {
    try {
      return this.#options.registries.provider(provider).descriptor.title;
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}
