import {
  RolloutDiff,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  PlaceOperations,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../../registries';
import { Drivers } from '../../targets';
import { ContainerPlan } from '../DeployPlanner';
import { asked } from './asked';
import { permissionCheck, quotaCheck } from './clusterChecks';
import { platformCheck } from './platformCheck';
import { manifestCheck, pullCheck } from './pullChecks';

type Checks = RolloutDiff['checks'];

/** What {@link PlaceChecks} is made of. */
export interface PlaceChecksOptions {
  drivers: Drivers;
  registries: RegistryService;
}

/**
 * Looks at where an image is to run: its nodes, the login for its registry,
 * the portal's rights and the quota. What cannot be told is a remark: the
 * cluster itself has the last word.
 */
export class PlaceChecks {
  constructor(private readonly options: PlaceChecksOptions) {}

  /** What concerns the place, whichever image is deployed. */
  async ofPlace(target: TargetRef): Promise<Checks> {
    const driver = await this.#driver(target);
    if (!driver) {
      return [];
    }
    const checks = await Promise.all([
      asked('permission', signal => permissionCheck(driver, target, signal)),
      asked('quota', signal => quotaCheck(driver, target, signal)),
    ]);
    return checks.flat();
  }

  /** What concerns the image of one container there. */
  async ofImage(plan: ContainerPlan): Promise<Checks> {
    const { registries } = this.options;
    const { details, target } = plan;
    const driver = await this.#driver(target);
    const query = { place: target, workload: target };
    const checks = await Promise.all([
      asked('platforms', async signal => [
        platformCheck(details, await driver?.nodePlatforms(query, { signal })),
      ]),
      asked('manifest', () => manifestCheck(registries, plan)),
      asked('pull', async signal =>
        driver ? pullCheck(registries, driver, plan, signal) : [],
      ),
    ]);
    return checks.flat();
  }

  /** Undefined where its driver only deploys. */
  async #driver(target: TargetRef): Promise<PlaceOperations | undefined> {
    try {
      return await this.options.drivers.places(target);
    } catch (error) {
      if (error instanceof DriverError) {
        return undefined;
      }
      throw error;
    }
  }
}
