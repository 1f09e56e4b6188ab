import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  FieldOwner,
  RolloutDiff,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
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
 * The fields that would change, from what to what, who owns them now, and what
 * their owners will do next.
 *
 * @public
 */
export function DiffList(props: {
  changes: RolloutDiff['changes'];
  owners: FieldOwner[];
  /** The owners in words, where the cluster tells whose field is which. */
  conflicts?: RolloutDiff['fieldConflicts'];
}) {
  const { changes, owners, conflicts = [] } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
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
          {change.cause === 'cluster' && (
            <Typography variant="body2" color="textSecondary">
              {t('diff.byCluster')}
            </Typography>
          )}
          {conflicts
            .filter(({ path }) => path === change.path)
            .map(({ owner }) => (
              <OwnerLine
                key={`${owner.manager} ${owner.operation}`}
                owner={owner}
              />
            ))}
        </div>
      ))}
      {(conflicts.length > 0 ? [] : owners).map(owner => (
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

type NamedOwner = NonNullable<RolloutDiff['fieldConflicts']>[number]['owner'];

/** Who holds a field, and what becomes of it when they work on it again. */
function OwnerLine({ owner }: { owner: NamedOwner }) {
  const t = useTranslate(imageRegistryTranslationRef);
  const { title, tool, time } = owner;
  const next = {
    helm: t('diff.nextHelm'),
    'argo-cd': t('diff.nextArgoCd'),
    flux: t('diff.nextFlux'),
    other: t('diff.nextOther', { owner: title }),
  };
  return (
    <Typography variant="body2">
      {time
        ? t('diff.ownerSince', { owner: title, time: <TimeAgo time={time} /> })
        : t('diff.owner', { owner: title })}
      <br />
      {next[tool ?? 'other']}
    </Typography>
  );
}
