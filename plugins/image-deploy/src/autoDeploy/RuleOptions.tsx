import { ReactNode } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { InvalidRuleError } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { comparesKey, readsVersions, RuleDraft } from './RuleDraft';
import { RuleField } from './RuleField';

type Flag =
  | 'prereleases'
  | 'partialVersions'
  | 'buildMetadata'
  | 'descending'
  | 'goBack';

/** What is read of a tag, and whether older images may come back. */
export function RuleOptions(props: {
  draft: RuleDraft;
  problem?: InvalidRuleError;
  onChange(draft: RuleDraft): void;
}) {
  const { draft, problem, onChange } = props;
  const t = useTranslate(imageDeployTranslationRef);
  const { kind } = draft;
  const problemAt = (path: string) =>
    problem?.path === path ? problem : undefined;
  const flag = (name: Flag, label: ReactNode) => (
    <FormControlLabel
      control={
        <Checkbox
          color="primary"
          checked={draft[name]}
          onChange={event =>
            onChange({ ...draft, [name]: event.target.checked })
          }
        />
      }
      label={label}
    />
  );
  const hasKey = readsVersions(kind) ? draft.key : draft.texts[kind];
  return (
    <div>
      {kind === 'semver' && (
        <>
          {flag('prereleases', t('rule.prereleases'))}
          {flag('partialVersions', t('rule.partialVersions'))}
          {flag('buildMetadata', t('rule.buildMetadata'))}
        </>
      )}
      {comparesKey(kind) && flag('descending', t('rule.descending'))}
      {flag('goBack', t('rule.goBack'))}
      {readsVersions(kind) && (
        <RuleField
          id="image-deploy-rule-key"
          label={t('rule.key')}
          help={t('rule.keyHelp')}
          value={draft.key}
          maxLength={500}
          problem={problemAt('key.pattern')}
          onChange={key => onChange({ ...draft, key })}
        />
      )}
      {(readsVersions(kind) || comparesKey(kind)) && hasKey && (
        <RuleField
          id="image-deploy-rule-template"
          label={t('rule.template')}
          help={t('rule.templateHelp')}
          value={draft.template}
          maxLength={200}
          problem={problemAt('key.template')}
          onChange={template => onChange({ ...draft, template })}
        />
      )}
    </div>
  );
}
