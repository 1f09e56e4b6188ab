import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import DeleteIcon from '@material-ui/icons/Delete';
import { InvalidRuleError } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { FilterDraft, filtersOf, RuleDraft } from './RuleDraft';
import { RuleField } from './RuleField';

const sides = ['include', 'exclude'] as const;
const filterKinds = ['regex', 'glob', 'list'] as const;

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns:
      'minmax(96px, auto) minmax(110px, auto) minmax(0, 1fr) auto',
    gap: theme.spacing(0, 1),
    alignItems: 'start',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: '1fr 1fr auto',
      '& > :nth-child(3)': { gridColumn: '1 / -1', gridRow: 2 },
    },
  },
  remove: { marginTop: theme.spacing(1) },
}));

/** Which tags are looked at at all: filters one below the other. */
export function FilterRows(props: {
  draft: RuleDraft;
  problem?: InvalidRuleError;
  onChange(draft: RuleDraft): void;
}) {
  const { draft, problem, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { filters } = draft;
  const wrong = problem && wrongRow(draft, problem.path);
  const change = (index: number, changed: Partial<FilterDraft>) =>
    onChange({
      ...draft,
      filters: filters.map((filter, at) =>
        at === index ? { ...filter, ...changed } : filter,
      ),
    });
  return (
    <div>
      {filters.map((filter, index) => (
        // Filters have no name of their own, and only the last is added.
        // eslint-disable-next-line react/no-array-index-key
        <div key={index} className={classes.row}>
          <Choice
            id={`image-deploy-filter-side-${index}`}
            label={t('filter.side')}
            value={filter.side}
            options={sides.map(side => [side, t(`filter.${side}`)])}
            onChange={side => change(index, { side })}
          />
          <Choice
            id={`image-deploy-filter-kind-${index}`}
            label={t('filter.kind')}
            value={filter.kind}
            options={filterKinds.map(kind => [kind, t(`filter.kind.${kind}`)])}
            onChange={kind => change(index, { kind })}
          />
          <RuleField
            id={`image-deploy-filter-text-${index}`}
            label={t('filter.text', { number: String(index + 1) })}
            help={t(`filter.help.${filter.kind}`)}
            value={filter.text}
            maxLength={filter.kind === 'list' ? 2000 : 500}
            problem={wrong === index ? problem : undefined}
            unplaced={filter.kind === 'list'}
            onChange={text => change(index, { text })}
          />
          <IconButton
            size="small"
            className={classes.remove}
            aria-label={t('filter.remove', { number: String(index + 1) })}
            onClick={() =>
              onChange({
                ...draft,
                filters: filters.filter((_, at) => at !== index),
              })
            }
          >
            <DeleteIcon />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        color="primary"
        onClick={() =>
          onChange({
            ...draft,
            filters: [...filters, { side: 'include', kind: 'regex', text: '' }],
          })
        }
      >
        {t('filter.add')}
      </Button>
    </div>
  );
}

/** The row that the path of a problem names, as `include.0.pattern` does. */
export function wrongRow(draft: RuleDraft, path: string): number | undefined {
  const [side, index] = path.split('.');
  const known = sides.find(name => name === side);
  return known && filtersOf(draft, known)[Number(index)];
}

function Choice<T extends string>(props: {
  id: string;
  label: string;
  value: T;
  options: ReadonlyArray<readonly [value: T, label: string]>;
  onChange(value: T): void;
}) {
  const { id, label, value, options, onChange } = props;
  return (
    <TextField
      select
      id={id}
      label={label}
      value={value}
      onChange={event => {
        const chosen = options.find(([known]) => known === event.target.value);
        if (chosen) {
          onChange(chosen[0]);
        }
      }}
      variant="outlined"
      margin="dense"
      SelectProps={{ SelectDisplayProps: { id: `${id}-value` } }}
    >
      {options.map(([known, words]) => (
        <MenuItem key={known} value={known}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
}
