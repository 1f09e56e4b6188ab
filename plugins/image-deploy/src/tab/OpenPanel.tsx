import {
  ErrorPanel,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { AutoDeployDrawer } from '../autoDeploy';
import { DeployDialog, PullSecretDialog } from '../deploy';
import { EvidenceDrawer } from '../evidence';
import { HoldDialog, lastReturn } from '../lanes';
import { KubectlDialog, ManifestDrawer, OperateDialog } from '../operations';
import { PodsDrawer } from '../pods';
import { ApprovalPanel } from '../protection';
import { RollbackDialog } from '../rollback';
import { imageDeployTranslationRef } from '../translation';
import { useDeploymentsContext } from './DeploymentsContext';

/** The dialog or drawer that the URL names. */
export function OpenPanel() {
  const { running, rollouts, location, refetch } = useDeploymentsContext();
  const { panel, targetKey, rolloutId } = location;
  const target = running.items.find(({ key }) => key === targetKey);

  if (panel === 'deploy') {
    return <DeployDialog targets={running.items} />;
  }
  if (panel === 'roll-back') {
    const id = rolloutId ?? (targetKey && lastReturn(rollouts, targetKey)?.id);
    return id ? <RollbackOf key={id} id={id} /> : null;
  }
  if (panel === 'approval') {
    return rolloutId ? <ApprovalPanel key={rolloutId} id={rolloutId} /> : null;
  }
  if (panel === 'evidence') {
    return rolloutId ? <EvidenceDrawer key={rolloutId} id={rolloutId} /> : null;
  }
  if (!target) {
    return null;
  }
  switch (panel) {
    case 'hold':
      return <HoldDialog key={target.key} target={target} />;
    case 'pods':
      return <PodsDrawer key={target.key} target={target} />;
    case 'auto-deploy':
      return <AutoDeployDrawer key={target.key} target={target} />;
    case 'restart':
    case 'stop':
    case 'start':
      return <OperateDialog key={target.key} target={target} action={panel} />;
    case 'pull-secret':
      return (
        <PullSecretDialog
          key={target.key}
          target={target}
          onDone={refetch}
          onClose={location.close}
        />
      );
    case 'manifest':
      return <ManifestDrawer key={target.key} target={target} />;
    case 'kubectl':
      return <KubectlDialog key={target.key} target={target} />;
    default:
      return null;
  }
}

/** Asks for a rollout that may be older than those at hand. */
function RollbackOf({ id }: { id: string }) {
  const t = useTranslate(imageDeployTranslationRef);
  const { running, rollouts } = useDeploymentsContext();
  const recent = rollouts.find(rollout => rollout.id === id);
  const read = useImageRegistryQuery(
    (api, signal) => api.getRollout(id, { signal }),
    [id],
    { enabled: recent === undefined },
  );
  const rollout = recent ?? read.value;
  if (rollout) {
    return (
      <RollbackDialog
        rollout={rollout}
        target={running.items.find(({ key }) => key === rollout.targetKey)}
      />
    );
  }
  return read.error ? (
    <ErrorPanel
      error={read.error}
      title={t('rollback.loadFailed')}
      onRetry={read.refetch}
    />
  ) : null;
}
