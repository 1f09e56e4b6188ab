import { Fragment, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(100px, max-content) minmax(0, 1fr)',
    gap: theme.spacing(1, 2),
    margin: 0,
    alignItems: 'baseline',
    ...theme.typography.body2,
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(0.5),
    },
  },
  name: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

/** @public */
export interface FactsProps {
  /** Name and value; those without a value are left out. */
  facts: ReadonlyArray<readonly [name: string, value: ReactNode]>;
}

/**
 * Names with their values, one below the other.
 *
 * @public
 */
export function Facts({ facts }: FactsProps) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt className={classes.name}>{name}</dt>
            <dd className={classes.value}>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
