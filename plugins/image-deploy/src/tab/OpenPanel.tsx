import { AutoDeployDrawer } from '../autoDeploy';
import { DeployDialog } from '../deploy';
import { HoldDialog, lastReturn } from '../lanes';
import { PodsDrawer } from '../pods';
import { RollbackDialog } from '../rollback';
import { useDeploymentsContext } from './DeploymentsContext';

/** The dialog or drawer that the URL names. */
export function OpenPanel() {
  const { running, rollouts, location } = useDeploymentsContext();
  const { panel, targetKey, rolloutId } = location;
  const target = running.items.find(({ key }) => key === targetKey);

  if (panel === 'deploy') {
    return <DeployDialog targets={running.items} />;
  }
  if (panel === 'roll-back') {
    const rollout = rolloutId
      ? rollouts.find(({ id }) => id === rolloutId)
      : targetKey && lastReturn(rollouts, targetKey);
    return rollout ? (
      <RollbackDialog
        key={rollout.id}
        rollout={rollout}
        target={running.items.find(({ key }) => key === rollout.targetKey)}
      />
    ) : null;
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
    default:
      return null;
  }
}
