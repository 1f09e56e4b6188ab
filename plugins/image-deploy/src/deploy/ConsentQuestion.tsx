import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** Asks for the consent to manage an image that others own. */
export function ConsentQuestion(props: {
  owners: string;
  /** GitOps that would put the image back. */
  undoneBy?: Reason;
  checked: boolean;
  deniedReason?: string;
  onChange(checked: boolean): void;
}) {
  const { owners, undoneBy, checked, deniedReason, onChange } = props;
  const t = useTranslate(imageDeployTranslationRef);
  return (
    <Alert severity="warning" icon={false}>
      {undoneBy && (
        <Typography variant="body2" gutterBottom>
          <strong>
            <ReasonText reason={undoneBy} />
          </strong>
          {'. '}
          {t('owners.undone')}
        </Typography>
      )}
      {owners && (
        <Typography variant="body2" gutterBottom>
          {t('owners.explanation', { owners })}
        </Typography>
      )}
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={checked}
            disabled={deniedReason !== undefined}
            onChange={event => onChange(event.target.checked)}
          />
        }
        label={undoneBy ? t('owners.manageDespite') : t('owners.manage')}
      />
      {deniedReason && <Typography variant="body2">{deniedReason}</Typography>}
    </Alert>
  );
}
