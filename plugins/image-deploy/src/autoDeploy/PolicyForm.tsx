import { memo, useCallback, useMemo, useState } from 'react';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  ImageRepository,
  Policy,
  TagRule,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { ConsentQuestion } from '../deploy/ConsentQuestion';
import { needsConsent, otherOwners } from '../lanes/fieldOwners';
import { useTargetObstacles } from '../lanes/useTargetObstacles';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { BlockedPolicy } from './BlockedPolicy';
import { DeletePolicy } from './DeletePolicy';
import { PastDeploys } from './PastDeploys';
import { PastedRule } from './PastedRule';
import { PausePolicy } from './PausePolicy';
import { settingsOf } from './PolicySettings';
import { RuleAdviceList } from './RuleAdviceList';
import { draftOf, problemOf, ruleOf } from './RuleDraft';
import { RuleFields } from './RuleFields';
import { RulePreview } from './RulePreview';
import { SourceSelect } from './SourceSelect';
import { ThenFields } from './ThenFields';
import { usePolicySentence } from './usePolicySentence';
import { useRulePreview } from './useRulePreview';
import { useSavePolicy } from './useSavePolicy';
import { WebhookHint } from './WebhookHint';

// Drawn again when what they show changes, and not with every key and answer:
// a form takes longer to draw than a rule to evaluate.
const SteadyWebhookHint = memo(WebhookHint);
const SteadySourceSelect = memo(SourceSelect);
const SteadyRuleFields = memo(RuleFields);
const SteadyRuleAdviceList = memo(RuleAdviceList);
const SteadyPastedRule = memo(PastedRule);
const SteadyPastDeploys = memo(PastDeploys);
const SteadyThenFields = memo(ThenFields);

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0, 2),
  },
  sentence: { margin: theme.spacing(2, 0, 1) },
}));

/** Everything that a person decides about auto deploy, with its preview. */
export function PolicyForm(props: {
  target: Target;
  policy?: Policy;
  sources: ImageRepository[];
  /** What was saved here, also before the form began anew with it. */
  saved?: Policy;
  onSaved(policy: Policy | undefined): void;
}) {
  const { target, policy, sources, saved, onSaved } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef } = useDeploymentsContext();
  const obstacles = useTargetObstacles(target);
  const [settings, setSettings] = useState(() => settingsOf(policy));
  const { enabled } = settings;
  const setEnabled = (on: boolean) =>
    setSettings(before => ({ ...before, enabled: on }));
  const [chosen, setChosen] = useState<ImageRepository>();
  const [draft, setDraft] = useState(() => draftOf(policy?.rule, target.tag));
  const [consent, setConsent] = useState(false);

  const takeOver = useCallback(
    (pasted: TagRule) => setDraft(draftOf(pasted, target.tag)),
    [target.tag],
  );

  const image = chosen ?? sources[0];
  const rule = useMemo(() => ruleOf(draft), [draft]);
  const problem = useMemo(() => problemOf(rule), [rule]);
  const preview = useRulePreview({
    entityRef,
    target,
    image,
    rule: problem ? undefined : rule,
  });
  const sentence = usePolicySentence();
  const asksConsent = enabled && needsConsent(target);
  const save = useSavePolicy({
    target,
    policy,
    image,
    rule,
    settings,
    consent: asksConsent && consent,
    onSaved,
  });
  let obstacle = obstacles.policy;
  if (!obstacle && (problem || !image)) {
    obstacle = t('autoDeploy.notReady');
  } else if (!obstacle && asksConsent && !consent) {
    obstacle = t('deploy.answerConsent');
  }
  return (
    <div>
      <FormControlLabel
        control={
          <Switch
            color="primary"
            checked={enabled}
            disabled={obstacles.policy !== undefined}
            onChange={event => setEnabled(event.target.checked)}
          />
        }
        label={t(switchLabel(enabled, policy))}
      />
      {policy?.blocked && (
        <BlockedPolicy
          policy={policy}
          blocked={policy.blocked}
          deniedReason={obstacles.policy}
        />
      )}
      {image && <SteadyWebhookHint image={image} />}
      <SteadySourceSelect
        sources={sources}
        value={image}
        onChange={setChosen}
      />
      <SteadyRuleFields draft={draft} problem={problem} onChange={setDraft} />
      {!problem && <SteadyRuleAdviceList rule={rule} />}
      <SteadyPastedRule runningTag={target.tag} onUse={takeOver} />
      <SectionTitle>{t('preview.title')}</SectionTitle>
      <RulePreview state={preview} target={target} />
      {preview.past && <SteadyPastDeploys past={preview.past} />}
      <SteadyThenFields settings={settings} onChange={setSettings} />
      {asksConsent && (
        <ConsentQuestion
          owners={otherOwners(target).join(', ')}
          checked={consent}
          deniedReason={obstacles.consent}
          onChange={setConsent}
        />
      )}
      {!problem && (
        <Typography className={classes.sentence}>
          {sentence({ rule, ...settings }, target)}
        </Typography>
      )}
      {save.error && (
        <ErrorPanel error={save.error} title={t('autoDeploy.saveFailed')} />
      )}
      <div className={classes.actions}>
        <GuardedButton
          variant="contained"
          color="primary"
          disabled={save.busy}
          deniedReason={obstacle}
          onClick={save.run}
        >
          {t('autoDeploy.save')}
        </GuardedButton>
        {policy && (
          <>
            <PausePolicy
              policy={policy}
              deniedReason={obstacles.policy}
              onChanged={setEnabled}
            />
            <DeletePolicy policy={policy} deniedReason={obstacles.policy} />
          </>
        )}
      </div>
      <div role="status">
        {saved && (
          <Alert severity="success">
            {t('autoDeploy.saved', {
              sentence: sentence(saved, target),
            })}
          </Alert>
        )}
      </div>
    </div>
  );
}

/** What is so, or what will be so once the form is saved. */
function switchLabel(enabled: boolean, policy: Policy | undefined) {
  if (enabled === policy?.enabled) {
    return enabled ? 'autoDeploy.switchOn' : 'autoDeploy.switchOff';
  }
  return enabled ? 'autoDeploy.switchOnSaved' : 'autoDeploy.switchOffSaved';
}
