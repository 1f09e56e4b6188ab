import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import LockIcon from '@material-ui/icons/LockOutlined';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { TagRow } from './groupByDigest';
import { MainButtonProps } from './VirtualTable';

const useStyles = makeStyles(theme => ({
  names: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
  // Long names are cut before the lock is.
  button: { minWidth: 0 },
  lock: {
    flexShrink: 0,
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
  },
}));

/** The tags of a row, with a lock where the registry keeps the first as it is. */
export function TagNames(props: { row: TagRow; button: MainButtonProps }) {
  const { row, button } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <span className={classes.names}>
      <Link
        component="button"
        variant="body2"
        className={classes.button}
        {...button}
        title={row.tags.join(' ')}
      >
        {row.tags.join('  ')}
      </Link>
      {row.immutable && (
        <LockIcon
          className={classes.lock}
          titleAccess={t('picker.immutable')}
        />
      )}
    </span>
  );
}
