import { useEffect, useId, useState } from 'react';
import {
  Policy,
  Target,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DetailsDrawer,
  ErrorPanel,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { PolicyDecisions } from './PolicyDecisions';
import { PolicyForm } from './PolicyForm';
import { sourcesOf } from './SourceSelect';

/** Which pushes deploy to a target by themselves. */
export function AutoDeployDrawer({ target }: { target: Target }) {
  const titleId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { entity, entityRef, policies, location } = useDeploymentsContext();
  const policy = policies.find(
    candidate => targetKey(candidate.target) === target.key,
  );
  const sources = useImageRegistryQuery(
    (api, signal) => api.getComponentSources(entityRef, { signal }),
    [entityRef],
  );
  const known = sources.value || sources.error;
  // The form of a new policy ends when the policy is heard of, which may be
  // before the answer to its saving.
  const [saved, setSaved] = useState<Policy>();
  const policyId = policy?.id;
  useEffect(
    () => (policyId === undefined ? undefined : () => setSaved(undefined)),
    [policyId],
  );
  return (
    <DetailsDrawer
      open
      titleId={titleId}
      title={t('autoDeploy.title', { component: entity.metadata.name })}
      subtitle={t('autoDeploy.where', {
        container: target.ref.container,
        workload: `${target.ref.kind}/${target.ref.name}`,
        environment: target.environment ?? t('lanes.other'),
      })}
      onClose={location.close}
    >
      {sources.error && (
        <ErrorPanel error={sources.error} onRetry={sources.refetch} />
      )}
      {known ? (
        <PolicyForm
          key={policy?.id ?? 'new'}
          target={target}
          policy={policy}
          sources={sourcesOf(target, sources.value, policy?.image)}
          saved={saved}
          onSaved={setSaved}
        />
      ) : (
        <RowsSkeleton />
      )}
      {policy && <PolicyDecisions policy={policy} />}
    </DetailsDrawer>
  );
}
