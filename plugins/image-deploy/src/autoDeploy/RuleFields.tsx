import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { InvalidRuleError } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { FilterRows, wrongRow } from './FilterRows';
import { RuleField } from './RuleField';
import { RuleOptions } from './RuleOptions';
import {
  hasNoText,
  readsVersions,
  RuleDraft,
  RuleKind,
  textOf,
  withKind,
  withText,
} from './RuleDraft';

const kinds: readonly RuleKind[] = [
  'same-tag',
  'list',
  'regex',
  'glob',
  'semver',
  'calver',
  'numeric',
  'natural',
  'alphabetical',
  'newest-pushed',
  'newest-created',
];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(180px, 1fr) minmax(0, 2fr)',
    gap: theme.spacing(0, 2),
    alignItems: 'start',
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
  },
  options: { gridColumn: '1 / -1' },
}));

/** Chooses the kind of rule and its text; says where the text is wrong. */
export function RuleFields(props: {
  draft: RuleDraft;
  /** What is wrong with the rule. */
  problem?: InvalidRuleError;
  onChange(draft: RuleDraft): void;
}) {
  const { draft, problem, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { kind } = draft;
  const text = textOf(draft);
  const filtered = kind !== 'same-tag' && kind !== 'list';
  // Each problem is told at its field; an empty text is not wrong yet.
  const problemAt = (field: string) =>
    problem?.path.startsWith(field) ? problem : undefined;
  const inRows = problem && wrongRow(draft, problem.path) !== undefined;
  const excludeProblem = inRows ? undefined : problemAt('exclude');
  const platformsProblem = problemAt('platforms');
  const elsewhere =
    inRows ||
    excludeProblem ||
    platformsProblem ||
    problemAt('key.template') ||
    (readsVersions(kind) && problemAt('key'));
  const textProblem = elsewhere || text === '' ? undefined : problem;
  return (
    <div className={classes.root}>
      <TextField
        id="image-deploy-rule-kind"
        select
        label={t('rule.take')}
        value={kind}
        onChange={event => {
          const chosen = kinds.find(known => known === event.target.value);
          if (chosen) {
            onChange(withKind(draft, chosen));
          }
        }}
        variant="outlined"
        margin="dense"
        SelectProps={{
          SelectDisplayProps: {
            id: 'image-deploy-rule-kind-value',
            style: { whiteSpace: 'normal' },
          },
        }}
      >
        {kinds.map(known => (
          <MenuItem key={known} value={known}>
            {t(`rule.kind.${known}`)}
          </MenuItem>
        ))}
      </TextField>
      {hasNoText(kind) ? (
        <div />
      ) : (
        <RuleField
          id="image-deploy-rule-text"
          label={t(`rule.text.${kind}`)}
          help={t(`rule.help.${kind}`)}
          value={text}
          maxLength={kind === 'same-tag' ? 128 : 500}
          problem={textProblem}
          onChange={typed => onChange(withText(draft, typed))}
        />
      )}
      <RuleField
        id="image-deploy-rule-platforms"
        label={t('rule.platforms')}
        help={t('rule.platformsHelp')}
        value={draft.platforms}
        maxLength={500}
        problem={platformsProblem}
        // Its place is one in a part of the text.
        unplaced
        onChange={platforms => onChange({ ...draft, platforms })}
      />
      {filtered ? (
        <RuleField
          id="image-deploy-rule-exclude"
          label={t('rule.exclude')}
          help={t('rule.excludeHelp')}
          value={draft.exclude}
          maxLength={1000}
          problem={excludeProblem}
          // Its place is one in a part of the text.
          unplaced
          onChange={exclude => onChange({ ...draft, exclude })}
        />
      ) : (
        <div />
      )}
      <div className={classes.options}>
        <RuleOptions draft={draft} problem={problem} onChange={onChange} />
        {filtered && (
          <FilterRows draft={draft} problem={problem} onChange={onChange} />
        )}
      </div>
    </div>
  );
}
