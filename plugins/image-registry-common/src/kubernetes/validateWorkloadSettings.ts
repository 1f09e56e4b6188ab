import type { FieldProblem } from '../api/workloads';
import type {
  WorkloadSettings,
  WorkloadSettingsView,
} from '../api/workloadSettings';
import { validateWorkloadPlan } from './validateWorkloadPlan';

/** What belongs to a workload and is not changed with its settings. */
export type SettingsFrame = Pick<
  WorkloadSettingsView,
  'service' | 'ingressPort'
>;

/**
 * What Kubernetes would refuse about settings, each at its field, by the same
 * rules as for a plan. A port that the Service or the Ingress needs is missed
 * at the ports.
 */
export function validateWorkloadSettings(
  settings: WorkloadSettings,
  { service, ingressPort }: SettingsFrame,
): FieldProblem[] {
  const plan = {
    ...settings,
    // What is not changed here is the cluster's, and was valid before.
    name: 'settings',
    place: { cluster: 'settings', namespace: 'settings' },
    volumes: [],
    service: service || ingressPort !== undefined,
    ...(ingressPort !== undefined && {
      ingress: { path: '/', port: ingressPort },
    }),
  };
  return validateWorkloadPlan(plan).map(({ path, reason }) => ({
    path: ['service', 'ingress.port'].includes(path) ? 'ports' : path,
    reason,
  }));
}
