import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(3, 0, 1), '&:first-child': { marginTop: 0 } },
}));

/**
 * The heading of a part of a page or drawer.
 *
 * @public
 */
export function SectionTitle(props: {
  children: ReactNode;
  /** Level of the heading; 3 below a drawer's title. */
  component?: 'h2' | 'h3' | 'h4';
}) {
  const classes = useStyles();
  return (
    <Typography
      variant="h6"
      component={props.component ?? 'h3'}
      className={classes.root}
    >
      {props.children}
    </Typography>
  );
}
