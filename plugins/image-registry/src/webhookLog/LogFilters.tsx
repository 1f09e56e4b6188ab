import { useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  deliveryOutcomeSchema,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  useDebounced,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
    '& > *': { minWidth: 160 },
  },
}));

/** Filters of the webhook log; they live in the URL. */
export function LogFilters({ registries }: { registries: Registry[] }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const filters = ['registry', 'outcome', 'repository', 'from', 'to'];
  const filtered = filters.some(name => query.get(name));

  const select = (
    name: string,
    label: string,
    options: Array<{ value: string; label: string }>,
  ) => (
    <TextField
      select
      id={`log-${name}`}
      size="small"
      variant="outlined"
      label={label}
      SelectProps={{ labelId: `log-${name}-label`, displayEmpty: true }}
      InputLabelProps={{ id: `log-${name}-label`, shrink: true }}
      value={query.get(name) ?? ''}
      onChange={event => query.set({ [name]: event.target.value })}
    >
      <MenuItem value="">{t('log.any')}</MenuItem>
      {withChosen(options, query.get(name)).map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
  const day = (name: 'from' | 'to') => (
    <TextField
      id={`log-${name}`}
      size="small"
      variant="outlined"
      type="date"
      label={t(`log.${name}`)}
      InputLabelProps={{ shrink: true }}
      value={query.get(name) ?? ''}
      onChange={event => query.set({ [name]: event.target.value })}
    />
  );

  return (
    <div className={classes.root}>
      {select(
        'registry',
        t('log.registry'),
        registries.map(({ id, name }) => ({ value: id, label: name })),
      )}
      {select(
        'outcome',
        t('log.outcome'),
        deliveryOutcomeSchema.options.map(value => ({
          value,
          label: t(`outcome.${value}`),
        })),
      )}
      <RepositoryFilter />
      {day('from')}
      {day('to')}
      {filtered && (
        <Button
          size="small"
          onClick={() =>
            query.set(
              Object.fromEntries(filters.map(name => [name, undefined])),
            )
          }
        >
          {t('log.clear')}
        </Button>
      )}
    </div>
  );
}

/** With what an address asks for, though it is not known, or not known yet. */
function withChosen(
  options: Array<{ value: string; label: string }>,
  chosen: string | undefined,
) {
  return !chosen || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }];
}

function RepositoryFilter() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { get, set } = useQueryParameters();
  const applied = get('repository') ?? '';
  const [typed, setTyped] = useState(applied);
  const settled = useDebounced(typed.trim());

  // Somebody went back, or cleared the filters.
  useEffect(() => setTyped(applied), [applied]);
  useEffect(() => {
    if (settled === typed.trim() && settled !== applied) {
      set({ repository: settled }, { replace: true });
    }
    // Only what was typed decides; a change of the URL comes in above.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);

  return (
    <TextField
      id="log-repository"
      size="small"
      variant="outlined"
      type="search"
      label={t('log.repository')}
      InputLabelProps={{ shrink: true }}
      value={typed}
      onChange={event => setTyped(event.target.value)}
    />
  );
}
