import { LoggerService } from '@backstage/backend-plugin-api';
import {
  RolloutEvidence,
  RolloutObservation,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../../registries';
import { SecretMask } from '../../secretMask';
import { Drivers } from '../../targets';
import { Held } from '../Held';
import { fitEvidence } from './fitEvidence';

/** What {@link EvidenceKeeper} is made of. */
export interface EvidenceKeeperOptions {
  drivers: Drivers;
  logger: LoggerService;
  registries: Pick<RegistryService, 'secrets'>;
}

/** Gathers what a failed rollout left behind, in a form that may be kept. */
export class EvidenceKeeper {
  constructor(private readonly options: EvidenceKeeperOptions) {}

  /**
   * What the last observation brought along, else what the driver still finds;
   * masked and of limited size. A failure without evidence is still a failure.
   */
  async gather(
    { rollout, keeper }: Held,
    watch: Omit<RolloutWatch, 'target'>,
    observation: RolloutObservation,
  ): Promise<RolloutEvidence | undefined> {
    const { drivers, logger, registries } = this.options;
    const { target } = rollout;
    try {
      const driver = await drivers.for(target);
      const evidence =
        observation.evidence ??
        (await driver.evidence?.({ ...watch, target }, observation.pods, {
          signal: keeper.signal,
        }));
      if (!evidence) {
        return undefined;
      }
      // Without knowing what is secret nothing is kept.
      const mask = new SecretMask(await registries.secrets());
      return fitEvidence(mask.maskEvidence(evidence));
    } catch (error) {
      logger.warn(`Rollout ${rollout.id} leaves no evidence: ${error}`);
      return undefined;
    }
  }
}
