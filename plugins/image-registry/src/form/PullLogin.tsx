import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { RegistryDraft } from './RegistryDraft';

const useStyles = makeStyles(theme => ({
  root: {
    border: 0,
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  legend: { padding: 0, marginBottom: theme.spacing(1) },
}));

interface PullLoginProps {
  draft: RegistryDraft;
  /** A login is stored already. */
  stored: boolean;
  /** It is not taken along to another place. */
  needsAgain: boolean;
  onChange(changes: Partial<RegistryDraft>): void;
}

/** What clusters are given to pull with, apart from the portal's own login. */
export function PullLogin(props: PullLoginProps) {
  const { draft, stored, needsAgain, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>
        <Typography variant="subtitle2" component="span">
          {t('form.pullLogin')}
        </Typography>
      </legend>
      <Typography variant="body2" color="textSecondary">
        {t('form.pullLoginHelper')}
      </Typography>
      {stored && (
        <Alert severity={needsAgain ? 'warning' : 'info'}>
          {needsAgain ? t('form.credentialsAgain') : t('form.pullLoginStored')}
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={draft.forgetPullLogin}
                onChange={(_, checked) =>
                  onChange({ forgetPullLogin: checked })
                }
              />
            }
            label={t('form.pullLoginForget')}
          />
        </Alert>
      )}
      <TextField
        id="registry-pull-username"
        size="small"
        variant="outlined"
        label={t('form.pullUsername')}
        value={draft.pullUsername}
        onChange={event => onChange({ pullUsername: event.target.value })}
        inputProps={{ autoComplete: 'off', spellCheck: false }}
      />
      <TextField
        id="registry-pull-password"
        size="small"
        variant="outlined"
        type="password"
        label={t('form.pullPassword')}
        value={draft.pullPassword}
        onChange={event => onChange({ pullPassword: event.target.value })}
        inputProps={{ autoComplete: 'new-password', spellCheck: false }}
      />
      <FormControlLabel
        control={
          <Switch
            color="primary"
            checked={draft.pullWithManage}
            onChange={(_, checked) => onChange({ pullWithManage: checked })}
          />
        }
        label={t('form.pullWithManage')}
      />
      {draft.pullWithManage && (
        <Alert severity="warning">{t('form.pullWithManageWarning')}</Alert>
      )}
    </fieldset>
  );
}
