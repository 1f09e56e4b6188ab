import { useState } from 'react';
import Typography from '@material-ui/core/Typography';
import {
  RolloutDiff,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  RowsSkeleton,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { otherOwners } from '../lanes/fieldOwners';
import { imageDeployTranslationRef } from '../translation';
import { ChangePreview } from './ChangePreview';
import { CheckList } from './CheckList';
import { ConsentQuestion } from './ConsentQuestion';
import { MovedTagQuestion } from './MovedTagQuestion';
import { OtherImage } from './OtherContainers';
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
  /** Further containers that change together with it. */
  others: OtherImage[];
  onUseDigest(digest: string, container: string): void;
}) {
  const { plan, target, consentDenied, fixDenied, others } = props;
  const { onUseDigest } = props;
  const [fixing, setFixing] = useState(false);
  const t = useTranslate(imageDeployTranslationRef);
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
  const moved = movedTag(value, others);
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
          tag={moved.tag}
          seen={moved.seen}
          now={moved.now}
          checked={plan.allowMovedTag}
          onChange={plan.setAllowMovedTag}
          onUseNew={() =>
            onUseDigest(moved.now, moved.container ?? target.ref.container)
          }
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
          owners={ownersInWords(value) || otherOwners(target).join(', ')}
          undoneBy={value.undoneBy}
          checked={plan.consent}
          deniedReason={consentDenied}
          onChange={plan.setConsent}
        />
      )}
    </>
  );
}

/** Whose field it is, named as where the change is shown. */
function ownersInWords({ conflicts, fieldConflicts }: RolloutDiff): string {
  const names = fieldConflicts?.map(({ owner }) => owner.title) ?? [];
  return [
    ...new Set(
      names.length > 0 ? names : conflicts.map(({ manager }) => manager),
    ),
  ].join(', ');
}

/** Both digests, when a tag means another one than the person saw. */
function movedTag(
  { checks, image }: RolloutDiff,
  others: OtherImage[],
): { container?: string; tag: string; seen: string; now: string } | undefined {
  const check = checks.find(({ name, ok }) => name === 'tag' && !ok);
  const { seen, now } = check?.reason.params ?? {};
  const other = others.find(({ container }) => container === check?.container);
  const tag = (other?.image ?? image).tag ?? '';
  return seen && now
    ? { container: check?.container, tag, seen, now }
    : undefined;
}
