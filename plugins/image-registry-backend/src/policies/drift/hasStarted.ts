import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { protectionReasons } from '../../protection';
import { RolloutStore } from '../../rollouts';
import { DecisionStore } from '../DecisionStore';
import { StoredPolicy } from '../PolicyStore';

/**
 * Whether a workload runs again for which a policy has decided while it was
 * stopped, so that nothing was written. Only once: the look that follows makes
 * a decision of its own.
 *
 * @param workload - as it was read just now
 */
export async function hasStarted(
  { decisions, rollouts }: { decisions: DecisionStore; rollouts: RolloutStore },
  { id, targetKey, blocked }: StoredPolicy,
  { health, paused, image, runningDigests }: WorkloadTarget,
): Promise<boolean> {
  if (health === 'Stopped' || paused || blocked) {
    return false;
  }
  const { items } = await rollouts.list({ targetKey, limit: 1 });
  const [newest] = items;
  const wasStopped =
    newest?.policyId === id &&
    newest.state === 'cancelled' &&
    newest.reason?.code === protectionReasons.stopped('').code;
  if (!wasStopped) {
    return false;
  }
  const { digest } = newest.image;
  const runs = image.endsWith(`@${digest}`) || runningDigests.includes(digest);
  const latest = (await decisions.latest([id])).get(id);
  return !runs && latest?.id === newest.decisionId;
}
