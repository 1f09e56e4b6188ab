import {
  RolloutImage,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';

/** What a target runs, as a rollout names images. */
export function runningImage(target: Target): RolloutImage | undefined {
  const { registryId, repository, tag, digest, image } = target;
  return repository
    ? { registryId, repository, tag, digest, reference: image }
    : undefined;
}
