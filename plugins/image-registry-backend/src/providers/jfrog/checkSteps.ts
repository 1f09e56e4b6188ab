import {
  checkFindings,
  RegistryCallOptions,
  RegistryError,
  shaped,
  VendorListing,
} from '@slipway/backstage-plugin-image-registry-node';
import { JFrogApi } from './JFrogApi';
import { JFrogImage } from './place';
import { JFrogRepositories } from './repositories';

/** Lists the repositories; the key of one is what to try pulling with. */
export async function tryRepositories(
  repositories: JFrogRepositories,
  options: RegistryCallOptions,
): Promise<VendorListing> {
  const list = await repositories.list(options);
  const sample = list.find(({ type }) => type === 'local') ?? list[0];
  return {
    ...checkFindings.imageRepositories(list.length),
    ...(sample && { sample: sample.key }),
  };
}

/**
 * Lists one image of a repository.
 * @returns undefined when there is no such path: the API is elsewhere, or
 * there is no such repository
 */
export async function tryCatalog(
  api: JFrogApi,
  key: string,
  options: RegistryCallOptions,
): Promise<VendorListing | undefined> {
  try {
    const response = await api.send({
      ...options,
      path: `/api/docker/${encodeURIComponent(key)}/v2/_catalog?n=1`,
      operation: `list the images of the repository ${key}`,
      needs: { action: 'Read', key },
    });
    const { repositories: [sample] = [] } = shaped(response.json(), {
      repositories: ['text'],
    });
    return { ...checkFindings.repository(key), ...(sample && { sample }) };
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') {
      return undefined;
    }
    throw error;
  }
}

/** Lists one tag of an image, for which the account must be able to read it. */
export async function tryTags(
  api: JFrogApi,
  { key, image }: JFrogImage,
  options: RegistryCallOptions,
): Promise<void> {
  await api.send({
    ...options,
    path: `/api/docker/${encodeURIComponent(key)}/v2/${image}/tags/list?n=1`,
    operation: `list the tags of ${key}/${image}`,
    needs: { action: 'Read', key },
  });
}
