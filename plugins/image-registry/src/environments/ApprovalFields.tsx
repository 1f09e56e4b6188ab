import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { ApprovalRule } from '@slipway/backstage-plugin-image-registry-common';
import {
  SpanField,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { GroupField } from './GroupField';

/** Most approvals that can be asked for. */
const MOST = 10;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(160px, 100%), 1fr))',
    gap: theme.spacing(0, 2),
    alignItems: 'start',
  },
}));

/** How many must agree, who they are, and until when. */
export function ApprovalFields(props: {
  /** Absent: nobody is asked. */
  approvals?: ApprovalRule;
  onChange(approvals: ApprovalRule | undefined): void;
}) {
  const { approvals, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <div className={classes.root}>
      <TextField
        id="environment-approvals"
        type="number"
        variant="outlined"
        margin="dense"
        label={t('protection.approvals')}
        helperText={t('protection.approvalsHelper')}
        InputLabelProps={{ shrink: true }}
        inputProps={{ min: 0, max: MOST }}
        value={approvals?.count ?? 0}
        onChange={event => {
          const count = Math.min(MOST, Math.floor(Number(event.target.value)));
          onChange(count >= 1 ? { ...approvals, count } : undefined);
        }}
      />
      {approvals && (
        <>
          <GroupField
            id="environment-approvers"
            label={t('protection.approvers')}
            helperText={t('protection.approversHelper')}
            value={approvals.group}
            onChange={group => onChange({ ...approvals, group })}
          />
          <SpanField
            id="environment-approval-deadline"
            label={t('protection.approvalDeadline')}
            helperText={t('protection.approvalDeadlineHelper')}
            unit="hour"
            most={30 * 24}
            value={approvals.deadlineMs}
            onChange={deadlineMs => onChange({ ...approvals, deadlineMs })}
          />
        </>
      )}
    </div>
  );
}
