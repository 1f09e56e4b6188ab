import { makeStyles } from '@material-ui/core/styles';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import { Approval } from '@slipway/backstage-plugin-image-registry-common';
import { Person, personName, StateLabel, TimeAgo } from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  root: { ...theme.typography.body2, overflowWrap: 'anywhere' },
  secondary: { color: theme.palette.text.secondary },
}));

/**
 * How many approvals are missing, of whom, until when, and who has spoken.
 *
 * @public
 */
export function ApprovalText(props: {
  approval: Approval;
  /** Who asked for the rollout. */
  author: string;
}) {
  const { approval, author } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const { required, given, rejected, deadlineAt } = approval;
  const missing = required - given.length;
  const approvers = approval.approvers.map(personName).join(', ');
  return (
    <div className={classes.root}>
      {missing > 0 && !rejected && (
        <StateLabel icon={WaitingIcon} tone="warning">
          {missing === 1
            ? t('approval.waitingOne', { approvers })
            : t('approval.waitingMore', {
                missing: String(missing),
                approvers,
              })}
        </StateLabel>
      )}
      <div className={classes.secondary}>
        {t('approval.asked', { author: <Person entityRef={author} /> })}
        {missing > 0 && !rejected && (
          <>
            {' · '}
            {t('approval.ends', { time: <TimeAgo time={deadlineAt} /> })}
          </>
        )}
      </div>
      {given.map(({ by, at, note }) => (
        <div key={by}>
          {t('approval.given', {
            by: <Person entityRef={by} />,
            time: <TimeAgo time={at} />,
          })}
          {note && `: ${note}`}
        </div>
      ))}
      {rejected && <Rejection rejected={rejected} />}
    </div>
  );
}

function Rejection(props: { rejected: NonNullable<Approval['rejected']> }) {
  const { by, at, reason } = props.rejected;
  const t = useTranslate(imageRegistryTranslationRef);
  const values = {
    by: <Person entityRef={by} />,
    time: <TimeAgo time={at} />,
  };
  return (
    <div>
      {reason
        ? t('approval.rejected', { ...values, reason })
        : t('approval.rejectedPlainly', values)}
    </div>
  );
}
