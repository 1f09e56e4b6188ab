import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { rolloutStateSchema } from '@slipway/backstage-plugin-image-registry-common';
import {
  imageRegistryTranslationRef,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { GroupField } from '../environments/GroupField';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';

const filters = ['environment', 'owner', 'state', 'from', 'to'] as const;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(170px, 100%), 1fr))',
    gap: theme.spacing(0, 2),
    alignItems: 'start',
    marginBottom: theme.spacing(2),
  },
}));

/** Filters of the rollouts; they live in the URL. */
export function ActivityFilters() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const query = useQueryParameters();
  const environments = useImageRegistryQuery(
    (api, signal) => api.listEnvironments({ signal }),
    [],
  );
  const select = (
    name: 'environment' | 'state',
    options: ReadonlyArray<readonly [value: string, label: string]>,
  ) => (
    <TextField
      select
      id={`activity-${name}`}
      size="small"
      margin="dense"
      variant="outlined"
      label={t(`activity.${name}`)}
      SelectProps={{ labelId: `activity-${name}-label`, displayEmpty: true }}
      InputLabelProps={{ id: `activity-${name}-label`, shrink: true }}
      value={query.get(name) ?? ''}
      onChange={event => query.set({ [name]: event.target.value })}
    >
      <MenuItem value="">{t('activity.any')}</MenuItem>
      {withChosen(options, query.get(name)).map(([value, label]) => (
        <MenuItem key={value} value={value}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
  const day = (name: 'from' | 'to') => (
    <TextField
      id={`activity-${name}`}
      size="small"
      margin="dense"
      variant="outlined"
      type="date"
      label={t(`activity.${name}`)}
      InputLabelProps={{ shrink: true }}
      value={query.get(name) ?? ''}
      onChange={event => query.set({ [name]: event.target.value })}
    />
  );
  return (
    <div className={classes.root}>
      {select(
        'environment',
        (environments.value ?? []).map(({ name }) => [name, name]),
      )}
      <GroupField
        id="activity-owner"
        label={t('activity.owner')}
        value={query.get('owner')}
        onChange={owner => query.set({ owner })}
      />
      {select(
        'state',
        rolloutStateSchema.options.map(state => [
          state,
          shared(`rollout.${state}`),
        ]),
      )}
      {day('from')}
      {day('to')}
      {filters.some(name => query.get(name)) && (
        <Button
          size="small"
          onClick={() =>
            query.set(
              Object.fromEntries(filters.map(name => [name, undefined])),
            )
          }
        >
          {t('activity.clear')}
        </Button>
      )}
    </div>
  );
}

/** What a link names is shown also while, or when, it is not known. */
function withChosen(
  options: ReadonlyArray<readonly [value: string, label: string]>,
  chosen: string | undefined,
): ReadonlyArray<readonly [value: string, label: string]> {
  return !chosen || options.some(([value]) => value === chosen)
    ? options
    : [...options, [chosen, chosen]];
}
