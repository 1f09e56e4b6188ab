import { ResourceName } from '../status';

/** A kind that the sandbox stores. */
export interface ResourceKind extends ResourceName {
  group: string;
  version: string;
  /** Plural name in paths. */
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  /** metadata.generation is counted up when the spec changes. */
  counted: boolean;
  shortNames?: string[];
  subresources?: string[];
  /** Only there when the cluster was started with it. */
  addOn?: true;
}

function kind(
  apiVersion: string,
  plural: string,
  name: string,
  options: Partial<ResourceKind> = {},
): ResourceKind {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  return {
    group,
    version,
    plural,
    singular: name.toLowerCase(),
    kind: name,
    namespaced: true,
    counted: false,
    ...options,
  };
}

export const namespaces = kind('v1', 'namespaces', 'Namespace', {
  namespaced: false,
  shortNames: ['ns'],
});
export const nodes = kind('v1', 'nodes', 'Node', {
  namespaced: false,
  shortNames: ['no'],
});
export const pods = kind('v1', 'pods', 'Pod', {
  counted: true,
  shortNames: ['po'],
  subresources: ['log', 'status'],
});
export const events = kind('v1', 'events', 'Event', { shortNames: ['ev'] });
export const secrets = kind('v1', 'secrets', 'Secret');
export const configMaps = kind('v1', 'configmaps', 'ConfigMap', {
  shortNames: ['cm'],
});
export const serviceAccounts = kind('v1', 'serviceaccounts', 'ServiceAccount', {
  shortNames: ['sa'],
});
export const services = kind('v1', 'services', 'Service', {
  shortNames: ['svc'],
});
export const persistentVolumeClaims = kind(
  'v1',
  'persistentvolumeclaims',
  'PersistentVolumeClaim',
  { shortNames: ['pvc'] },
);
export const resourceQuotas = kind('v1', 'resourcequotas', 'ResourceQuota', {
  shortNames: ['quota'],
});
export const ingresses = kind('networking.k8s.io/v1', 'ingresses', 'Ingress', {
  counted: true,
  shortNames: ['ing'],
});
export const deployments = kind('apps/v1', 'deployments', 'Deployment', {
  counted: true,
  shortNames: ['deploy'],
  subresources: ['scale', 'status'],
});
export const replicaSets = kind('apps/v1', 'replicasets', 'ReplicaSet', {
  counted: true,
  shortNames: ['rs'],
  subresources: ['scale', 'status'],
});
export const statefulSets = kind('apps/v1', 'statefulsets', 'StatefulSet', {
  counted: true,
  shortNames: ['sts'],
  subresources: ['scale', 'status'],
});
export const daemonSets = kind('apps/v1', 'daemonsets', 'DaemonSet', {
  counted: true,
  shortNames: ['ds'],
  subresources: ['status'],
});
export const controllerRevisions = kind(
  'apps/v1',
  'controllerrevisions',
  'ControllerRevision',
);
export const cronJobs = kind('batch/v1', 'cronjobs', 'CronJob', {
  counted: true,
  shortNames: ['cj'],
  subresources: ['status'],
});

export const rollouts = kind('argoproj.io/v1alpha1', 'rollouts', 'Rollout', {
  counted: true,
  shortNames: ['ro'],
  subresources: ['scale', 'status'],
  addOn: true,
});

export const RESOURCE_KINDS: readonly ResourceKind[] = [
  namespaces,
  nodes,
  pods,
  events,
  secrets,
  configMaps,
  serviceAccounts,
  services,
  persistentVolumeClaims,
  resourceQuotas,
  ingresses,
  deployments,
  replicaSets,
  statefulSets,
  daemonSets,
  controllerRevisions,
  cronJobs,
  rollouts,
];

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(resource: {
  group: string;
  version: string;
}): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}

/**
 * The kind that an object says it is of.
 *
 * @throws Error for a kind that the sandbox does not store
 */
export function kindOf(object: {
  kind: string;
  apiVersion: string;
}): ResourceKind {
  const { kind: name, apiVersion } = object;
  const found = RESOURCE_KINDS.find(
    known => known.kind === name && apiVersionOf(known) === apiVersion,
  );
  if (!found) {
    throw new Error(`The sandbox does not store ${apiVersion} ${name}`);
  }
  return found;
}

export function findKind(
  group: string,
  version: string,
  plural: string,
): ResourceKind | undefined {
  return RESOURCE_KINDS.find(
    known =>
      known.group === group &&
      known.version === version &&
      known.plural === plural,
  );
}
