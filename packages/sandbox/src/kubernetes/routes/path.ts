import { apiVersionOf, findKind, ResourceKind } from '../resources/kinds';

/** What an API path names. */
export interface ApiPath {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** Undefined: not a kind that the sandbox stores. */
  resource?: ResourceKind;
}

/** Parses `/api/v1/…` and `/apis/{group}/{version}/…` below the version. */
export function parseApiPath(pathname: string): ApiPath | undefined {
  const steps = pathname.split('/').filter(step => step !== '');
  const root = steps.shift();
  const group = root === 'apis' ? steps.shift() : '';
  const version = steps.shift();
  if ((root !== 'api' && root !== 'apis') || !version || steps.length === 0) {
    return undefined;
  }
  const decoded = steps.map(decodeURIComponent);
  // /namespaces/{name} itself is the cluster-scoped resource.
  const isScoped = decoded[0] === 'namespaces' && decoded.length > 2;
  const namespace = isScoped ? decoded[1] : undefined;
  const [plural, name, subresource] = isScoped ? decoded.slice(2) : decoded;
  return {
    group: group ?? '',
    version,
    plural,
    namespace,
    name,
    subresource,
    resource: findKind(group ?? '', version, plural),
  };
}

/** RBAC's verb of a request. */
export function verbOf(
  method: string,
  path: ApiPath,
  isWatch: boolean,
): string {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isWatch) {
        return 'watch';
      }
      return path.name ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return path.name ? 'delete' : 'deletecollection';
    default:
      return method.toLowerCase();
  }
}

/** Kinds that every cluster has and the sandbox does not simulate. */
const NOT_SIMULATED: Record<string, string[]> = {
  v1: [
    'bindings',
    'componentstatuses',
    'endpoints',
    'limitranges',
    'persistentvolumes',
    'podtemplates',
    'replicationcontrollers',
  ],
  'batch/v1': ['jobs'],
};

const NOT_SIMULATED_GROUPS = [
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'autoscaling',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
];

/** Whether a real cluster would answer here, and the sandbox does not. */
export function isNotSimulated(path: ApiPath): boolean {
  return (
    NOT_SIMULATED_GROUPS.includes(path.group) ||
    (NOT_SIMULATED[apiVersionOf(path)] ?? []).includes(path.plural)
  );
}
