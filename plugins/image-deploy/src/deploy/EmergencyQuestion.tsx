import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  personName,
  useProtectionWords,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { useMembership } from './useMembership';

/** Asks members of the emergency group whether to go past the gates, and why. */
export function EmergencyQuestion(props: {
  target: Target;
  /** Absent: not in an emergency. */
  reason: string | undefined;
  onChange(reason: string | undefined): void;
}) {
  const { target, reason, onChange } = props;
  const t = useTranslate(imageDeployTranslationRef);
  const { running } = useDeploymentsContext();
  const { protection } =
    running.environments.find(({ name }) => name === target.environment) ?? {};
  const { emergencyGroup, approvals, windows, gates } = protection ?? {};
  // How it becomes healthy is watched in an emergency, too.
  const skipped = useProtectionWords()({ approvals, windows, gates }).join(
    '; ',
  );
  const member = useMembership(emergencyGroup);
  if (!emergencyGroup) {
    return null;
  }
  const group = personName(emergencyGroup);
  return (
    <div>
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={reason !== undefined}
            disabled={!member}
            onChange={event => onChange(event.target.checked ? '' : undefined)}
          />
        }
        label={t('emergency.choose')}
      />
      {member === false && (
        <Typography variant="body2" color="textSecondary">
          {t('emergency.denied', { group })}
        </Typography>
      )}
      {reason !== undefined && (
        <Alert severity="warning">
          <Typography variant="body2">
            {t('emergency.warning', { skipped: skipped || t('emergency.all') })}
          </Typography>
          <TextField
            id="image-deploy-emergency-reason"
            label={t('emergency.reason')}
            helperText={t('emergency.reasonHelp')}
            value={reason}
            onChange={event => onChange(event.target.value)}
            inputProps={{ maxLength: 500 }}
            variant="outlined"
            margin="dense"
            fullWidth
            required
          />
        </Alert>
      )}
    </div>
  );
}
