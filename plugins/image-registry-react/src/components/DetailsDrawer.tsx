import { ReactNode } from 'react';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(720px, 100vw)',
    padding: theme.spacing(3),
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  head: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  },
  title: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  },
}));

/** @public */
export interface DetailsDrawerProps {
  open: boolean;
  /** Unique id for the heading. */
  titleId: string;
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  onClose(): void;
}

/**
 * A drawer from the right with a heading, buttons and content.
 *
 * @public
 */
export function DetailsDrawer(props: DetailsDrawerProps) {
  const { open, titleId, title, subtitle, actions, children, onClose } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={onClose}
      classes={{ paper: classes.paper }}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': titleId,
      }}
    >
      <div className={classes.head}>
        <div className={classes.title}>
          <Typography variant="h5" component="h2" id={titleId} gutterBottom>
            {title}
          </Typography>
          {subtitle && (
            <Typography variant="body1" component="div">
              {subtitle}
            </Typography>
          )}
        </div>
        <IconButton
          onClick={onClose}
          aria-label={t('action.close')}
          size="small"
        >
          <CloseIcon />
        </IconButton>
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
      {children}
    </Drawer>
  );
}
