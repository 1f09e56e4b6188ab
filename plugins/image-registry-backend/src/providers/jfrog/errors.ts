import {
  advise,
  RegistryError,
  remedies,
} from '@slipway/backstage-plugin-image-registry-node';

/** Starts every error's sentence. */
export const TITLE = 'JFrog Artifactory';

/** What was refused with 403, and is known not to be there. */
export function doesNotExist(
  image: string,
  cause: RegistryError,
): RegistryError {
  return new RegistryError(
    'not-found',
    `${TITLE}: ${image} does not exist; it was refused with 403`,
    {
      cause,
      status: 403,
      hint: remedies.checkSpelling,
    },
  );
}

/** A name without a repository key cannot be one. */
export function keyMissing(repository: string): RegistryError {
  return new RegistryError(
    'not-found',
    `${TITLE}: ${repository} cannot exist: names there begin with the repository key`,
    { hint: advise('jfrog-write-name', 'Write it as repository-key/image') },
  );
}
