import { makeStyles } from '@material-ui/core/styles';
import ArrowIcon from '@material-ui/icons/ArrowRightAlt';
import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { imageLabel } from './imageLabel';

const useStyles = makeStyles(theme => ({
  // The hidden word stays inside what scrolls.
  root: { position: 'relative', overflowWrap: 'anywhere' },
  arrow: {
    fontSize: '1.2em',
    verticalAlign: 'text-bottom',
    margin: theme.spacing(0, 0.5),
  },
  to: { fontWeight: 600 },
  other: { display: 'block' },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
}));

/**
 * From which image to which, `v1.2.9 → v1.3.0`, of each container that changes.
 *
 * @public
 */
export function FromTo(props: {
  rollout: Pick<Rollout, 'image' | 'previous' | 'others'>;
}) {
  const classes = useStyles();
  const { others = [], ...own } = props.rollout;
  return (
    <span className={classes.root}>
      <OneChange change={own} />
      {others.map(({ container, ...other }) => (
        <span key={container} className={classes.other}>
          {`${container}: `}
          <OneChange change={other} />
        </span>
      ))}
    </span>
  );
}

function OneChange(props: { change: Pick<Rollout, 'image' | 'previous'> }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const { previous, image } = props.change;
  const otherRepository = previous && previous.repository !== image.repository;
  return (
    <>
      {previous && (
        <>
          <span title={previous.reference}>
            {otherRepository && `${previous.repository} : `}
            {imageLabel(previous)}
          </span>
          <ArrowIcon className={classes.arrow} aria-hidden />
          <span className={classes.hidden}>{` ${t('word.to')} `}</span>
        </>
      )}
      <span className={classes.to} title={image.reference}>
        {otherRepository && `${image.repository} : `}
        {imageLabel(image)}
      </span>
    </>
  );
}
