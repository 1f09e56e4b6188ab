import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import RefreshIcon from '@material-ui/icons/Refresh';
import Alert from '@material-ui/lab/Alert';
import { DateTime } from 'luxon';
import { ErrorPanel } from '../components';
import { ListingState, useLanguage } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 40,
  },
}));

/** How much of a list of tags is shown, how fresh, and whether it is whole. */
export function ListFooter(props: {
  listing: ListingState<unknown>;
  onRefresh(): void;
}) {
  const { listing, onRefresh } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const countText = useCountText(listing);
  return (
    <>
      {listing.incomplete !== undefined && (
        <Alert severity="warning">
          {t('picker.incomplete', { reason: listing.incomplete })}
        </Alert>
      )}
      {listing.error && listing.items.length > 0 && (
        <ErrorPanel error={listing.error} onRetry={listing.reload} />
      )}
      {listing.items.length > 0 && (
        <div className={classes.root}>
          <Typography
            variant="body2"
            color="textSecondary"
            component="span"
            role="status"
          >
            {countText}
          </Typography>
          {listing.loadingMore || listing.loading ? (
            <CircularProgress size={16} aria-label={t('word.loading')} />
          ) : (
            <Button
              size="small"
              startIcon={<RefreshIcon aria-hidden />}
              onClick={onRefresh}
            >
              {t('action.refresh')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function useCountText(listing: ListingState<unknown>): string {
  const t = useTranslate(imageRegistryTranslationRef);
  const language = useLanguage();
  const number = (value: number) => value.toLocaleString(language);
  const shown = listing.items.length;
  if (!listing.hasMore && listing.incomplete === undefined) {
    return listing.readAt
      ? t('picker.countAll', {
          total: number(shown),
          time: DateTime.fromISO(listing.readAt)
            .setLocale(language)
            .toLocaleString(DateTime.TIME_SIMPLE),
        })
      : t('picker.countAllUnread', { total: number(shown) });
  }
  return listing.totalItems === undefined
    ? t('picker.countShown', { shown: number(shown) })
    : t('picker.countSome', {
        shown: number(shown),
        total: number(listing.totalItems),
      });
}
