import Skeleton from '@material-ui/lab/Skeleton';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

/**
 * Grey rows in the place of a list that is being loaded.
 *
 * @public
 */
export function RowsSkeleton({ rows = 4 }: { rows?: number }) {
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <div role="status" aria-label={t('word.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={44} />
      ))}
    </div>
  );
}
