import { useId } from 'react';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  DetailsDrawer,
  ErrorPanel,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** The workload as its cluster has it. */
export function ManifestDrawer({ target }: { target: Target }) {
  const titleId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location } = useDeploymentsContext();
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.getTargetManifest(target.key, { entityRef }, { signal }),
    [target.key],
  );
  const { kind, name } = target.ref;
  return (
    <DetailsDrawer
      open
      titleId={titleId}
      title={t('menu.manifest')}
      subtitle={`${kind}/${name}`}
      onClose={location.close}
    >
      {error && (
        <ErrorPanel
          error={error}
          title={t('manifest.failed')}
          onRetry={refetch}
        />
      )}
      {value ? (
        <CodeBlock text={value} what={t('menu.manifest')} />
      ) : (
        !error && <RowsSkeleton rows={6} />
      )}
    </DetailsDrawer>
  );
}
