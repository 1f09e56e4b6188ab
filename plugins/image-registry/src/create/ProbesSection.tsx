import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { useForm } from './FormContext';
import { PlanField } from './PlanField';
import { ProbeDraft, probeNames } from './WorkloadDraft';

const useStyles = makeStyles(theme => ({
  probe: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    border: 0,
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
}));

const types: ReadonlyArray<ProbeDraft['type']> = [
  'none',
  'http',
  'tcp',
  'command',
];
const seconds = [
  'initialDelay',
  'period',
  'timeout',
  'failureThreshold',
] as const;

/** How the kubelet finds out whether the container is well. */
export function ProbesSection() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {t('create.probe.helper')}
      </Typography>
      {probeNames.map(name => (
        <Probe key={name} name={name} />
      ))}
    </>
  );
}

function Probe({ name }: { name: (typeof probeNames)[number] }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  const probe = draft[name];
  const set = (changes: Partial<ProbeDraft>) =>
    change({ [name]: { ...probe, ...changes } });
  return (
    <fieldset className={classes.probe} aria-label={t(`create.probe.${name}`)}>
      <Columns>
        <PlanField
          path={`${name}.check.type`}
          label={t(`create.probe.${name}`)}
          value={probe.type}
          onChange={value =>
            set({ type: types.find(each => each === value) ?? 'none' })
          }
        >
          {types.map(type => (
            <MenuItem key={type} value={type}>
              {t(`create.probe.type.${type}`)}
            </MenuItem>
          ))}
        </PlanField>
        {probe.type === 'http' && (
          <PlanField
            path={`${name}.check.path`}
            label={t('create.probe.path')}
            value={probe.path}
            onChange={path => set({ path })}
            required
          />
        )}
        {(probe.type === 'http' || probe.type === 'tcp') && (
          <PlanField
            path={`${name}.check.port`}
            label={t('create.probe.port')}
            value={probe.port}
            onChange={port => set({ port })}
            numeric
            required
          />
        )}
      </Columns>
      {probe.type === 'command' && (
        <PlanField
          path={`${name}.check.command`}
          label={t('create.probe.command')}
          helperText={t('create.lines')}
          value={probe.command}
          onChange={command => set({ command })}
          multiline
          required
        />
      )}
      {probe.type !== 'none' && (
        <Columns least={130}>
          {seconds.map(field => (
            <PlanField
              key={field}
              path={`${name}.${field}`}
              label={t(`create.probe.${field}`)}
              value={probe[field]}
              onChange={value => set({ [field]: value })}
              numeric
            />
          ))}
        </Columns>
      )}
    </fieldset>
  );
}
