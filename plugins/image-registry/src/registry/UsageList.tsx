import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import {
  ErrorPanel,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

/** What uses a registry. */
export function UsageList({ registryId }: { registryId: string }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.listRegistryUsages(registryId, { signal }),
    [registryId],
    { topics: ['registry', 'policy', 'target'] },
  );
  if (!value) {
    return error ? (
      <ErrorPanel error={error} onRetry={refetch} />
    ) : (
      <RowsSkeleton rows={2} />
    );
  }
  const { items, hidden } = value;
  if (items.length === 0 && hidden === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('usage.none')}
      </Typography>
    );
  }
  return (
    <ul>
      {items.map(usage => (
        <li key={`${usage.kind} ${usage.id}`}>
          <Typography variant="body2" component="span">
            {t(`usage.${usage.kind}`)}: {usage.title}
            {usage.entityRef && (
              <>
                {' '}
                (<EntityRefLink entityRef={usage.entityRef} />)
              </>
            )}
          </Typography>
        </li>
      ))}
      {hidden > 0 && (
        <li>
          <Typography variant="body2" component="span" color="textSecondary">
            {t('usage.hidden', { total: String(hidden) })}
          </Typography>
        </li>
      )}
    </ul>
  );
}
