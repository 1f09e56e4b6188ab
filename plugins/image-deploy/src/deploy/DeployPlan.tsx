import { useState } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import {
  RolloutDiff,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  RowsSkeleton,
  SectionTitle,
} from '@slipway/backstage-plugin-image-registry-react';
import { otherOwners } from '../lanes/fieldOwners';
import { imageDeployTranslationRef } from '../translation';
import { ChangePreview } from './ChangePreview';
import { CheckList } from './CheckList';
import { ConsentQuestion } from './ConsentQuestion';
import { MovedTagQuestion } from './MovedTagQuestion';
import { PullSecretDialog } from './PullSecretDialog';
import { DeployPlanState } from './useDeployPlan';

/** What would change, what stands against it, and what has to be answered. */
export function DeployPlan(props: {
  plan: DeployPlanState;
  target: Target;
  /** Why the person may not consent for this component. */
  consentDenied?: string;
  /** Why the person may not give the pods a login. */
  fixDenied?: string;
  onUseDigest(digest: string): void;
}) {
  const { plan, target, consentDenied, fixDenied, onUseDigest } = props;
  const [fixing, setFixing] = useState(false);
  const { t } = useTranslationRef(imageDeployTranslationRef);
  const { value, loading, error, refetch } = plan.preview;
  if (error) {
    return (
      <ErrorPanel
        error={error}
        title={t('deploy.previewFailed')}
        onRetry={refetch}
      />
    );
  }
  if (loading || !value) {
    return <RowsSkeleton rows={3} />;
  }
  const moved = movedTag(value);
  return (
    <>
      <SectionTitle>{t('deploy.checks')}</SectionTitle>
      <CheckList
        checks={value.checks}
        onFix={() => setFixing(true)}
        fixDenied={fixDenied}
      />
      {fixing && (
        <PullSecretDialog
          target={target}
          image={value.image}
          onDone={refetch}
          onClose={() => setFixing(false)}
        />
      )}
      {moved && (
        <MovedTagQuestion
          {...moved}
          checked={plan.allowMovedTag}
          onChange={plan.setAllowMovedTag}
          onUseNew={() => onUseDigest(moved.now)}
        />
      )}
      <SectionTitle>{t('deploy.changes')}</SectionTitle>
      <ChangePreview diff={value} owners={target.owners} />
      {value.consented ? (
        value.conflicts.length > 0 && (
          <Typography variant="body2" color="textSecondary">
            {t('deploy.consented')}
          </Typography>
        )
      ) : (
        <ConsentQuestion
          owners={
            value.conflicts.map(owner => owner.manager).join(', ') ||
            otherOwners(target).join(', ')
          }
          undoneBy={value.undoneBy}
          checked={plan.consent}
          deniedReason={consentDenied}
          onChange={plan.setConsent}
        />
      )}
    </>
  );
}

/** Both digests, when the tag means another one than the person saw. */
function movedTag(
  diff: RolloutDiff,
): { tag: string; seen: string; now: string } | undefined {
  const check = diff.checks.find(({ name, ok }) => name === 'tag' && !ok);
  const { seen, now } = check?.reason.params ?? {};
  return seen && now ? { tag: diff.image.tag ?? '', seen, now } : undefined;
}
