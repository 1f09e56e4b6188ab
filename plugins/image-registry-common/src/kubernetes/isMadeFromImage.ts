import { WORKLOAD_COMPONENT_ANNOTATION } from '../annotations';
import { PORTAL_FIELD_MANAGER } from '../fieldManager';
import { MANAGED_BY_LABEL } from './workloadManifests';

/**
 * Whether a workload carries what the portal writes on those that it makes
 * from an image for a component. Who changes it asks its field managers too.
 */
export function isMadeFromImage(
  workload: {
    labels: Readonly<Record<string, string>>;
    annotations: Readonly<Record<string, string>>;
  },
  entityRef: string,
): boolean {
  return (
    workload.labels[MANAGED_BY_LABEL] === PORTAL_FIELD_MANAGER &&
    workload.annotations[WORKLOAD_COMPONENT_ANNOTATION] === entityRef
  );
}
