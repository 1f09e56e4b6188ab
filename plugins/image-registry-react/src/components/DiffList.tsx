import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  FieldOwner,
  RolloutDiff,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef } from '../translation';
import { TimeAgo } from './TimeAgo';

const useStyles = makeStyles(theme => ({
  change: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    padding: theme.spacing(1),
    margin: theme.spacing(0, 0, 1),
    overflowWrap: 'anywhere',
  },
  values: { margin: 0, fontFamily: 'monospace', fontSize: '0.85rem' },
  value: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: '1.5em minmax(0, 1fr)',
  },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
}));

/**
 * The fields that would change, from what to what, and who owns them now.
 *
 * @public
 */
export function DiffList(props: {
  changes: RolloutDiff['changes'];
  owners: FieldOwner[];
}) {
  const { changes, owners } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  return (
    <>
      {changes.map(change => (
        <div key={change.path} className={classes.change}>
          <Typography variant="body2" color="textSecondary" gutterBottom>
            {change.path}
          </Typography>
          <dl className={classes.values}>
            <dt className={classes.hidden}>{t('diff.from')}</dt>
            <dd className={classes.value}>
              <span aria-hidden>−</span>
              <span>{change.from}</span>
            </dd>
            <dt className={classes.hidden}>{t('diff.to')}</dt>
            <dd className={classes.value}>
              <span aria-hidden>+</span>
              <span>{change.to}</span>
            </dd>
          </dl>
        </div>
      ))}
      {owners.map(owner => (
        <Typography
          key={`${owner.manager} ${owner.operation}`}
          variant="body2"
          color="textSecondary"
        >
          {owner.time
            ? t('diff.ownerSince', {
                owner: owner.manager,
                time: <TimeAgo time={owner.time} />,
              })
            : t('diff.owner', { owner: owner.manager })}
        </Typography>
      ))}
    </>
  );
}
