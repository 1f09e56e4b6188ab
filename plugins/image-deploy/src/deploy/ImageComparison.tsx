import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  CommitChanges,
  ErrorPanel,
  PickedImage,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** The tags and commits from what runs to what was chosen. */
export function ImageComparison(props: { target: Target; image: PickedImage }) {
  const { target, image } = props;
  const { registryId, repository, digest, tag } = image;
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef } = useDeploymentsContext();
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.compareImages(
        {
          registryId,
          repository,
          from: target.digest!,
          to: digest,
          fromTag: target.tag,
          toTag: tag,
          entityRef,
        },
        { signal },
      ),
    [target.key, target.digest, registryId, repository, digest],
    { enabled: isComparable(target, image) },
  );
  if (!isComparable(target, image)) {
    return null;
  }
  if (error && !value) {
    return (
      <ErrorPanel error={error} title={t('compare.failed')} onRetry={refetch} />
    );
  }
  return value ? (
    <CommitChanges comparison={value} />
  ) : (
    <RowsSkeleton rows={2} />
  );
}

/** Images of one repository, and not the same one. */
function isComparable(target: Target, image: PickedImage): boolean {
  return (
    target.registryId === image.registryId &&
    target.repository === image.repository &&
    target.digest !== undefined &&
    target.digest !== image.digest
  );
}
