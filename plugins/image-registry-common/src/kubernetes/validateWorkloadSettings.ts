import type { FieldProblem } from '../api/workloads';
import type {
  WorkloadSettings,
  WorkloadSettingsView,
} from '../api/workloadSettings';
import { validateWorkloadPlan } from './validateWorkloadPlan';

/** What belongs to a workload and is not changed with its settings. */
export type SettingsFrame = Pick<WorkloadSettingsView, 'otherIngress'>;

/**
 * What Kubernetes would refuse about settings, each at its field, by the same
 * rules as for a plan. A port that an Ingress needs which stays is missed at
 * the ports.
 */
export function validateWorkloadSettings(
  settings: WorkloadSettings,
  { otherIngress }: SettingsFrame,
): FieldProblem[] {
  const kept = otherIngress?.port;
  const plan = {
    ...settings,
    // What is not changed here is the cluster's, and was valid before.
    name: 'settings',
    place: { cluster: 'settings', namespace: 'settings' },
    ingress: kept === undefined ? settings.ingress : { path: '/', port: kept },
  };
  return validateWorkloadPlan(plan).map(({ path, reason }) => ({
    path: kept !== undefined && path === 'ingress.port' ? 'ports' : path,
    reason,
  }));
}
