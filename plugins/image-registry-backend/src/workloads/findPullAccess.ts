import { PullAccess } from '@slipway/backstage-plugin-image-registry-common';
import { withDriverErrors } from '../http';
import { PullLoginRefusedError, RegistryService } from '../registries';
import { Drivers } from '../targets';
import { Prepared } from './prepareWorkload';

/**
 * Whether the pods of a plan could sign in to its registry: a dry run makes no
 * pods, so nobody else tells before they fail.
 *
 * @returns undefined where no login is needed, or the plan names secrets that
 * may come later
 */
export async function findPullAccess(
  options: { drivers: Drivers; registries: RegistryService },
  { plan, repository }: Prepared,
): Promise<PullAccess | undefined> {
  const { place, image, serviceAccount, pullSecrets = [] } = plan;
  if (
    pullSecrets.length > 0 ||
    !(await asksForLogin(options.registries, image.registryId))
  ) {
    return undefined;
  }
  return withDriverErrors(async () => {
    const driver = await options.drivers.places(place);
    return driver.pullAccess({ place, serviceAccount, host: repository });
  });
}

/** A login that may not be given out, or cannot be read now, is one, too. */
async function asksForLogin(
  registries: RegistryService,
  registryId: string,
): Promise<boolean> {
  try {
    return (await registries.pullLogin(registryId)) !== undefined;
  } catch (error) {
    if (error instanceof PullLoginRefusedError) {
      return true;
    }
    throw error;
  }
}
