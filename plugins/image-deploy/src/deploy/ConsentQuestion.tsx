import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { imageDeployTranslationRef } from '../translation';

/** Asks for the consent to manage an image that others own. */
export function ConsentQuestion(props: {
  owners: string;
  checked: boolean;
  deniedReason?: string;
  onChange(checked: boolean): void;
}) {
  const { owners, checked, deniedReason, onChange } = props;
  const { t } = useTranslationRef(imageDeployTranslationRef);
  return (
    <Alert severity="warning" icon={false}>
      <Typography variant="body2" gutterBottom>
        {t('owners.explanation', { owners })}
      </Typography>
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={checked}
            disabled={deniedReason !== undefined}
            onChange={event => onChange(event.target.checked)}
          />
        }
        label={t('owners.manage')}
      />
      {deniedReason && <Typography variant="body2">{deniedReason}</Typography>}
    </Alert>
  );
}
