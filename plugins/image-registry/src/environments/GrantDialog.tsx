import { useId } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import OkIcon from '@material-ui/icons/CheckCircle';
import BadIcon from '@material-ui/icons/Error';
import {
  CodeBlock,
  ErrorPanel,
  imageRegistryTranslationRef,
  RowsSkeleton,
  StateLabel,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { verbsOf } from './ReviewCells';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: theme.spacing(1, 0), padding: 0 },
  purpose: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
}));

interface GrantDialogProps {
  place: { cluster: string; namespace: string };
  onClose(): void;
}

/** Every right that the portal lacks in a namespace, and the Role for them. */
export function GrantDialog({ place, onClose }: GrantDialogProps) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const titleId = useId();
  const { value, error, refetch, refetching } = useImageRegistryQuery(
    (api, signal) => api.reviewAccess(place, { signal }),
    [place.cluster, place.namespace],
  );
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('grant.title', { place: `${place.cluster}/${place.namespace}` })}
      </DialogTitle>
      <DialogContent>
        {error && <ErrorPanel error={error} onRetry={refetch} />}
        {!value && !error && <RowsSkeleton rows={4} />}
        {value && (
          <>
            <Typography variant="body2">
              {value.user
                ? t('grant.user', { user: value.user })
                : t('grant.userUnknown')}
            </Typography>
            <ul className={classes.list}>
              {value.purposes.map(({ purpose, ok, missing }) => (
                <li key={purpose} className={classes.purpose}>
                  <StateLabel
                    icon={ok ? OkIcon : BadIcon}
                    tone={ok ? 'ok' : 'error'}
                  >
                    {t(`grant.purpose.${purpose}`)}
                    {!ok &&
                      ` — ${t('grant.lacks', { verbs: verbsOf(missing) })}`}
                  </StateLabel>
                </li>
              ))}
            </ul>
            {value.role && (
              <>
                <Typography variant="body2" paragraph>
                  {t('grant.role')}
                </Typography>
                <CodeBlock text={value.role} what={t('grant.roleName')} />
              </>
            )}
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={refetch} disabled={refetching}>
          {t('grant.again')}
        </Button>
        <Button onClick={onClose}>{shared('action.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
