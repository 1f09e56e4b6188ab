import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import {
  PendingApproval,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { ApprovalButtons } from './ApprovalButtons';
import { ApprovalText } from './ApprovalText';

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(0.5),
  },
}));

/**
 * A rollout that waits for an approval: how it stands, and the ways to answer.
 *
 * @public
 */
export function ApprovalNotice(props: {
  rollout: Rollout;
  /** Whether the person may answer; absent while that is not known. */
  approvable?: PendingApproval['approvable'];
  /** Further buttons. */
  children?: ReactNode;
  onAnswered(): void;
  /** Absent: they are shown already. */
  onShowChanges?(): void;
}) {
  const { rollout, approvable, children, onAnswered, onShowChanges } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <div>
      {rollout.approval && (
        <ApprovalText approval={rollout.approval} author={rollout.author} />
      )}
      <div className={classes.actions}>
        <ApprovalButtons
          rollout={rollout}
          approvable={approvable}
          onAnswered={onAnswered}
        />
        {onShowChanges && (
          <Button size="small" onClick={onShowChanges}>
            {t('approval.changes')}
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}
