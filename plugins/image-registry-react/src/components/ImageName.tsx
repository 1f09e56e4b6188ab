import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: { overflowWrap: 'anywhere' },
  tag: { fontWeight: 600 },
});

/** @public */
export interface ImageNameProps {
  /** Name of the registry integration. */
  registry?: string;
  repository: string;
  tag?: string;
}

/**
 * `registry / repository : tag`.
 *
 * @public
 */
export function ImageName({ registry, repository, tag }: ImageNameProps) {
  const classes = useStyles();
  return (
    <span className={classes.root}>
      {registry && `${registry} / `}
      {repository}
      {tag && (
        <>
          {' : '}
          <span className={classes.tag}>{tag}</span>
        </>
      )}
    </span>
  );
}
