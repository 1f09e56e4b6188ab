import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), minWidth: 0 },
}));

/**
 * The sheet that content lies on. The theme's secondary text has too little
 * contrast on the page's grey.
 */
export function Panel({ children }: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.root}>
      {children}
    </Paper>
  );
}
