import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  WorkloadManager,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { TargetRecord } from './TargetStore';

/** What GitOps is called where its object has no name. */
const titles = { 'argo-cd': 'Argo CD', flux: 'Flux' } as const;

type GitOpsManager = WorkloadManager & { tool: keyof typeof titles };

/**
 * The tool that puts a workload back by itself. Helm writes only when somebody
 * runs it.
 */
export function gitOpsOf({
  managedBy,
}: Pick<WorkloadTarget, 'managedBy'>): GitOpsManager | undefined {
  return managedBy && managedBy.tool !== 'helm'
    ? { ...managedBy, tool: managedBy.tool }
    : undefined;
}

/** Names one GitOps object, so that a consent is for that one alone. */
export function gitOpsId({ tool, namespace = '', name = '' }: GitOpsManager) {
  return [tool, namespace, name].map(encodeURIComponent).join('/');
}

/** What people call the tool. */
export function gitOpsTitle({ tool }: GitOpsManager): string {
  return titles[tool];
}

/** Codes of the reasons that {@link undoneBy} gives. */
export const undoneCodes: readonly string[] = [
  'argo-cd-would-undo',
  'flux-would-undo',
  'gitops-would-undo',
];

/**
 * Why the portal's writing would not last, unless somebody has consented
 * knowing of just that.
 *
 * @param record - with a consent for this very workload only
 */
export function undoneBy(
  workload: Pick<WorkloadTarget, 'managedBy'>,
  record: Pick<TargetRecord, 'consent' | 'consentDespite'> | undefined,
): Reason | undefined {
  const manager = gitOpsOf(workload);
  if (
    !manager ||
    (record?.consent && record.consentDespite === gitOpsId(manager))
  ) {
    return undefined;
  }
  const { tool, namespace, name } = manager;
  if (!name) {
    const title = titles[tool];
    return {
      code: 'gitops-would-undo',
      message: `${title} would undo this`,
      params: { title },
    };
  }
  const full = namespace ? `${namespace}/${name}` : name;
  return tool === 'argo-cd'
    ? {
        code: 'argo-cd-would-undo',
        message: `Argo CD application ${full} would undo this`,
        params: { name: full },
      }
    : {
        code: 'flux-would-undo',
        message: `Flux object ${full} would undo this`,
        params: { name: full },
      };
}
