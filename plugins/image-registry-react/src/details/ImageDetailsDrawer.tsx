import { ReactNode, useId } from 'react';
import { ImageDetails } from '@slipway/backstage-plugin-image-registry-common';
import { ErrorPanel, ImageName, RowsSkeleton } from '../components';
import { DetailsDrawer } from '../components/DetailsDrawer';
import { useImageRegistryQuery } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { ImageDetailsContent } from './ImageDetailsContent';

/** @public */
export interface ImageDetailsDrawerProps {
  registry: { id: string; name: string };
  repository: string;
  /** Tag or digest; absent: the drawer is closed. */
  reference?: string;
  entityRef?: string;
  onClose(): void;
  /** Buttons for the image, for example "Deploy…". */
  renderActions?(image: ImageDetails): ReactNode;
}

/**
 * Everything that an image tells about itself.
 *
 * @public
 */
export function ImageDetailsDrawer(props: ImageDetailsDrawerProps) {
  const { registry, repository, reference, entityRef } = props;
  const { onClose, renderActions } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const titleId = useId();
  const { value, loading, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.getImage(
        registry.id,
        { repository, reference: reference!, entityRef },
        { signal },
      ),
    [registry.id, repository, reference, entityRef],
    { enabled: reference !== undefined },
  );
  const findings = useImageRegistryQuery(
    (api, signal) =>
      api.getImageFindings(
        registry.id,
        { repository, digest: value!.digest, entityRef },
        { signal },
      ),
    [registry.id, repository, value?.digest, entityRef],
    { enabled: !loading && value?.kind === 'image' },
  );
  return (
    <DetailsDrawer
      open={reference !== undefined}
      titleId={titleId}
      title={t('image.drawerTitle')}
      subtitle={
        reference && (
          <ImageName
            registry={registry.name}
            repository={repository}
            tag={reference}
          />
        )
      }
      actions={!loading && value && renderActions?.(value)}
      onClose={onClose}
    >
      {loading && <RowsSkeleton rows={8} />}
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!loading && value && (
        <ImageDetailsContent image={value} findings={findings.value} />
      )}
    </DetailsDrawer>
  );
}
