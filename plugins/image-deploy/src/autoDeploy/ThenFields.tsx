import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  policyModeSchema,
  whenStoppedSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GatesFields,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { PolicySettings } from './PolicySettings';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
    gap: theme.spacing(0, 2),
  },
}));

/** What is asked of an image that the rule takes, and what then happens. */
export function ThenFields(props: {
  settings: PolicySettings;
  onChange(settings: PolicySettings): void;
}) {
  const { settings, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  return (
    <>
      <SectionTitle>{t('gates.title')}</SectionTitle>
      <GatesFields
        id="image-deploy-gates"
        gates={settings.gates}
        onChange={gates => onChange({ ...settings, gates })}
      />
      <SectionTitle>{t('then.title')}</SectionTitle>
      <div className={classes.root}>
        <TextField
          select
          id="image-deploy-mode"
          label={t('then.mode')}
          value={settings.mode}
          onChange={event =>
            onChange({
              ...settings,
              mode: policyModeSchema.parse(event.target.value),
            })
          }
          variant="outlined"
          margin="dense"
          SelectProps={{
            SelectDisplayProps: { id: 'image-deploy-mode-value' },
          }}
        >
          {policyModeSchema.options.map(mode => (
            <MenuItem key={mode} value={mode}>
              {t(`then.${mode}`)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          id="image-deploy-stopped"
          label={t('then.stopped')}
          value={settings.whenStopped}
          onChange={event =>
            onChange({
              ...settings,
              whenStopped: whenStoppedSchema.parse(event.target.value),
            })
          }
          variant="outlined"
          margin="dense"
          SelectProps={{
            SelectDisplayProps: { id: 'image-deploy-stopped-value' },
          }}
        >
          {whenStoppedSchema.options.map(choice => (
            <MenuItem key={choice} value={choice}>
              {t(`then.${choice}`)}
            </MenuItem>
          ))}
        </TextField>
      </div>
    </>
  );
}
