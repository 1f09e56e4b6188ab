import {
  ManagementTool,
  NamedFieldOwner,
  WorkloadManager,
} from '@slipway/backstage-plugin-image-registry-node';
import { FieldOwner } from '@slipway/backstage-plugin-image-registry-common';
import { ObjectMeta } from './objects';

/** Managers of tools that write their fields again by themselves. */
const tools: ReadonlyArray<{
  tool: ManagementTool;
  title: string;
  manager: RegExp;
}> = [
  { tool: 'argo-cd', title: 'Argo CD', manager: /^(argocd|argo-cd)(-|$)/ },
  {
    tool: 'flux',
    title: 'Flux',
    manager: /^(kustomize-controller|helm-controller|flux(cd)?(-|$))/,
  },
  { tool: 'helm', title: 'Helm', manager: /^helm$/i },
];

/** Managers of people's own commands, as kubectl and its forks name them. */
const commands: Readonly<Record<string, string>> = {
  'kubectl-client-side-apply': 'kubectl apply',
  'kubectl-create': 'kubectl create',
  'kubectl-edit': 'kubectl edit',
  'kubectl-patch': 'kubectl patch',
  'kubectl-replace': 'kubectl replace',
  'kubectl-rollout': 'kubectl rollout',
  'kubectl-set': 'kubectl set image',
  kubectl: 'kubectl',
};

/** A field manager as people call it. */
export function namedOwner(owner: FieldOwner): NamedFieldOwner {
  const known = tools.find(({ manager }) => manager.test(owner.manager));
  if (known) {
    return { ...owner, title: known.title, tool: known.tool };
  }
  const isServerSide =
    owner.manager === 'kubectl' && owner.operation === 'Apply';
  return {
    ...owner,
    title: isServerSide
      ? 'kubectl apply --server-side'
      : commands[owner.manager] ?? owner.manager,
  };
}

/** The title of a tool. */
export function toolTitle(tool: ManagementTool): string {
  return tools.find(known => known.tool === tool)?.title ?? tool;
}

/**
 * Who keeps a workload as its own source says. GitOps stands before Helm, whose
 * charts it may render: it is the one that would undo a change by itself.
 */
export function managedBy(metadata: ObjectMeta): WorkloadManager | undefined {
  return byArgo(metadata) ?? byFlux(metadata) ?? byHelm(metadata);
}

/** https://argo-cd.readthedocs.io, "Resource Tracking". */
function byArgo(metadata: ObjectMeta): WorkloadManager | undefined {
  const { labels = {}, annotations = {} } = metadata;
  // `application:group/Kind:namespace/name`; the application may be preceded
  // by its own namespace and `_`.
  const tracking = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0];
  const owned = hasManager(metadata, 'argo-cd');
  const name =
    tracking ??
    labels['argocd.argoproj.io/instance'] ??
    (owned ? labels['app.kubernetes.io/instance'] : undefined);
  if (name === undefined) {
    return owned ? { tool: 'argo-cd' } : undefined;
  }
  const [first, second] = name.split('_');
  return second === undefined
    ? { tool: 'argo-cd', name: first }
    : { tool: 'argo-cd', name: second, namespace: first };
}

/** https://fluxcd.io/flux/components, labels of the two controllers. */
function byFlux(metadata: ObjectMeta): WorkloadManager | undefined {
  const { labels = {} } = metadata;
  for (const group of ['kustomize', 'helm']) {
    const name = labels[`${group}.toolkit.fluxcd.io/name`];
    if (name !== undefined) {
      const namespace = labels[`${group}.toolkit.fluxcd.io/namespace`];
      return { tool: 'flux', name, namespace };
    }
  }
  return hasManager(metadata, 'flux') ? { tool: 'flux' } : undefined;
}

/** https://helm.sh/docs, "Labels and Annotations". */
function byHelm(metadata: ObjectMeta): WorkloadManager | undefined {
  const { labels = {}, annotations = {} } = metadata;
  const isHelm =
    labels['app.kubernetes.io/managed-by'] === 'Helm' ||
    hasManager(metadata, 'helm');
  return isHelm
    ? {
        tool: 'helm',
        name: annotations['meta.helm.sh/release-name'],
        namespace: annotations['meta.helm.sh/release-namespace'],
      }
    : undefined;
}

/** A status that a tool wrote makes it no manager of the workload. */
function hasManager({ managedFields }: ObjectMeta, tool: ManagementTool) {
  return (managedFields ?? []).some(
    ({ manager = '', subresource }) =>
      subresource === undefined && namedOwner({ manager }).tool === tool,
  );
}
