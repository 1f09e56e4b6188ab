import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  InvalidRuleError,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { useReasonText } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { MarkedText } from './MarkedText';
import { RuleDraft, textOf, withText } from './RuleDraft';

const kinds: ReadonlyArray<TagRule['kind']> = ['same-tag', 'regex', 'semver'];

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
  const { t } = useTranslationRef(imageDeployTranslationRef);
  const reasonText = useReasonText();
  const text = textOf(draft);
  const shownProblem = text === '' ? undefined : problem;
  return (
    <div className={classes.root}>
      <TextField
        id="image-deploy-rule-kind"
        select
        label={t('rule.take')}
        value={draft.kind}
        onChange={event => {
          const kind = kinds.find(known => known === event.target.value);
          if (kind) {
            onChange({ ...draft, kind });
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
        {kinds.map(kind => (
          <MenuItem key={kind} value={kind}>
            {t(`rule.kind.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      <div>
        <TextField
          id="image-deploy-rule-text"
          label={t(`rule.text.${draft.kind}`)}
          value={text}
          onChange={event => onChange(withText(draft, event.target.value))}
          error={shownProblem !== undefined}
          helperText={
            shownProblem
              ? reasonText(shownProblem.reason)
              : t(`rule.help.${draft.kind}`)
          }
          inputProps={{
            maxLength: draft.kind === 'same-tag' ? 128 : 500,
            spellCheck: false,
            autoCapitalize: 'off',
            style: { fontFamily: 'monospace' },
          }}
          variant="outlined"
          margin="dense"
          fullWidth
        />
        {shownProblem?.position !== undefined && (
          <MarkedText text={text} position={shownProblem.position} />
        )}
      </div>
      {draft.kind === 'semver' && (
        <div className={classes.options}>
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={draft.prereleases}
                onChange={event =>
                  onChange({ ...draft, prereleases: event.target.checked })
                }
              />
            }
            label={t('rule.prereleases')}
          />
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={draft.partialVersions}
                onChange={event =>
                  onChange({ ...draft, partialVersions: event.target.checked })
                }
              />
            }
            label={t('rule.partialVersions')}
          />
        </div>
      )}
    </div>
  );
}
