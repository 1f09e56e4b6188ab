import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  DigestText,
  Facts,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** Shows both digests of a tag that moved, and asks which is meant. */
export function MovedTagQuestion(props: {
  tag: string;
  /** The digest that the person chose. */
  seen: string;
  /** The digest that the tag means now. */
  now: string;
  checked: boolean;
  onChange(checked: boolean): void;
  onUseNew(): void;
}) {
  const { tag, seen, now, checked, onChange, onUseNew } = props;
  const t = useTranslate(imageDeployTranslationRef);
  return (
    <Alert severity="warning" icon={false}>
      <Typography variant="body2" gutterBottom>
        {t('moved.explanation', { tag })}
      </Typography>
      <Facts
        facts={[
          [t('moved.seen'), <DigestText key="seen" digest={seen} />],
          [t('moved.now'), <DigestText key="now" digest={now} />],
        ]}
      />
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={checked}
            onChange={event => onChange(event.target.checked)}
          />
        }
        label={t('moved.allow')}
      />
      <Button size="small" variant="outlined" onClick={onUseNew}>
        {t('moved.useNew')}
      </Button>
    </Alert>
  );
}
