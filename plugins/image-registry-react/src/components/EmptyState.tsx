import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(4, 2),
    textAlign: 'center',
  },
}));

/** @public */
export interface EmptyStateProps {
  title: string;
  /** What to do next. */
  description?: ReactNode;
  action?: ReactNode;
}

/**
 * Nothing is here, and what to do about it.
 *
 * @public
 */
export function EmptyState({ title, description, action }: EmptyStateProps) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="subtitle1" component="p">
        {title}
      </Typography>
      {description && (
        <Typography variant="body2" color="textSecondary" component="div">
          {description}
        </Typography>
      )}
      {action}
    </div>
  );
}
