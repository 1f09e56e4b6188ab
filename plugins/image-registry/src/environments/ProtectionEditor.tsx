import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  HealthRule,
  Protection,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GatesFields,
  SpanField,
  useProtectionWords,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { ApprovalFields } from './ApprovalFields';
import { GroupField } from './GroupField';
import { WindowsEditor } from './WindowsEditor';

const useStyles = makeStyles(theme => ({
  root: {
    border: 0,
    padding: 0,
    margin: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  // A fieldset keeps no gap below its legend.
  legend: { marginBottom: theme.spacing(1) },
  part: { display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(160px, 100%), 1fr))',
    gap: theme.spacing(0, 2),
    alignItems: 'start',
  },
}));

/** What an environment asks of every deploy; says it in a sentence, too. */
export function ProtectionEditor(props: {
  protection: Protection;
  /** Why the person may not change it. */
  deniedReason?: string;
  onChange(protection: Protection): void;
}) {
  const { protection, deniedReason, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const words = useProtectionWords()(protection);
  const change = (changed: Partial<Protection>) =>
    onChange({ ...protection, ...changed });
  return (
    <fieldset className={classes.root} disabled={deniedReason !== undefined}>
      <FormLabel component="legend" className={classes.legend}>
        {t('protection.title')}
      </FormLabel>
      <Typography variant="body2" role="status">
        {words.length > 0
          ? t('protection.asks', { words: words.join('; ') })
          : t('protection.asksNothing')}
      </Typography>
      {deniedReason && (
        <Typography variant="body2" color="textSecondary">
          {deniedReason}
        </Typography>
      )}
      <ApprovalFields
        approvals={protection.approvals}
        onChange={approvals => change({ approvals })}
      />
      <WindowsEditor
        windows={protection.windows ?? []}
        onChange={windows =>
          change({ windows: windows.length > 0 ? windows : undefined })
        }
      />
      <div className={classes.part}>
        <Typography variant="subtitle2" component="h4">
          {t('protection.gates')}
        </Typography>
        <GatesFields
          id="environment-gates"
          gates={protection.gates ?? {}}
          onChange={gates => change({ gates })}
        />
      </div>
      <HealthFields
        health={protection.health ?? {}}
        onChange={health => change({ health })}
      />
      <GroupField
        id="environment-emergency"
        label={t('protection.emergency')}
        helperText={t('protection.emergencyHelper')}
        value={protection.emergencyGroup}
        onChange={emergencyGroup => change({ emergencyGroup })}
      />
    </fieldset>
  );
}

function HealthFields(props: {
  health: HealthRule;
  onChange(health: HealthRule): void;
}) {
  const { health, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <div className={classes.part}>
      <Typography variant="subtitle2" component="h4">
        {t('protection.health')}
      </Typography>
      <div className={classes.grid}>
        <SpanField
          id="environment-soak"
          label={t('protection.soak')}
          unit="minute"
          most={24 * 60}
          value={health.soakMs}
          onChange={soakMs => onChange({ ...health, soakMs })}
        />
        <TextField
          id="environment-restarts"
          type="number"
          variant="outlined"
          margin="dense"
          label={t('protection.restarts')}
          InputLabelProps={{ shrink: true }}
          inputProps={{ min: 0, max: 1000 }}
          value={health.restartBudget ?? ''}
          onChange={event => {
            const { value } = event.target;
            onChange({
              ...health,
              restartBudget: /^\d{1,3}$/.test(value)
                ? Number(value)
                : undefined,
            });
          }}
        />
        <SpanField
          id="environment-deadline"
          label={t('protection.deadline')}
          unit="minute"
          most={24 * 60}
          value={health.deadlineMs}
          onChange={deadlineMs => onChange({ ...health, deadlineMs })}
        />
      </div>
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={health.rollBack ?? false}
            onChange={event =>
              onChange({
                ...health,
                rollBack: event.target.checked || undefined,
              })
            }
          />
        }
        label={t('protection.rollBack')}
      />
    </div>
  );
}
