import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { gitOpsOf, gitOpsTitle } from '../../targets';

/** Who wrote the image field last, as far as the cluster knows. */
export function managerOf({ owners }: WorkloadTarget): string | undefined {
  const others = owners.filter(
    ({ manager }) => manager !== PORTAL_FIELD_MANAGER,
  );
  others.sort((a, b) => (b.time ?? '').localeCompare(a.time ?? ''));
  return others[0]?.manager;
}

/** The tool that put the image back, unless a person did it by a command. */
export function revertedBy(
  workload: WorkloadTarget,
  manager: string | undefined,
): string | undefined {
  const gitOps = gitOpsOf(workload);
  return gitOps && !manager?.startsWith('kubectl')
    ? gitOpsTitle(gitOps)
    : undefined;
}
