import { ReactNode } from 'react';
import { makeStyles, Theme } from '@material-ui/core/styles';

const useStyles = makeStyles<Theme, { least: number }>(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: ({ least }) =>
      `repeat(auto-fit, minmax(min(${least}px, 100%), 1fr))`,
    gap: theme.spacing(2),
    alignItems: 'start',
    minWidth: 0,
  },
}));

/** Fields beside each other where there is room, else below each other. */
export function Columns(props: {
  children: ReactNode;
  /** Width that each has at least, in CSS pixels. */
  least?: number;
}) {
  const { children, least = 160 } = props;
  const classes = useStyles({ least });
  return <div className={classes.root}>{children}</div>;
}
