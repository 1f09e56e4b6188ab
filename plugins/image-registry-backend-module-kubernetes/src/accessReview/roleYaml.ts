import {
  manifestYaml,
  MissingAccess,
} from '@slipway/backstage-plugin-image-registry-common';

interface RoleRequest {
  namespace: string;
  /** As the cluster calls the credential. */
  user?: string;
  missing: readonly MissingAccess[];
}

interface PolicyRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const ROLE = 'portal-missing';
const RBAC = 'rbac.authorization.k8s.io';

/**
 * A Role that grants what is missing and nothing else, and its RoleBinding to
 * the credential when the cluster tells who that is.
 */
export function roleYaml({ namespace, user, missing }: RoleRequest): string {
  const role = {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: { name: ROLE, namespace },
    rules: rulesOf(missing),
  };
  const documents = [role, ...(user ? [binding(namespace, user)] : [])];
  return documents.map(manifestYaml).join('---\n');
}

/** One rule for the resources of a group that lack the same verbs. */
function rulesOf(missing: readonly MissingAccess[]): PolicyRule[] {
  const verbs = new Map<string, Set<string>>();
  for (const { group, resource, verb } of missing) {
    const key = `${group}|${resource}`;
    verbs.set(key, (verbs.get(key) ?? new Set()).add(verb));
  }
  const rules = new Map<string, PolicyRule>();
  for (const [key, set] of verbs) {
    const [group, resource] = key.split('|');
    const shared = `${group}|${[...set].join()}`;
    const rule = rules.get(shared) ?? {
      apiGroups: [group],
      resources: [],
      verbs: [...set],
    };
    rule.resources.push(resource);
    rules.set(shared, rule);
  }
  return [...rules.values()];
}

function binding(namespace: string, user: string): object {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: ROLE, namespace },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: ROLE },
    subjects: [subjectOf(user)],
  };
}

function subjectOf(user: string): object {
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user);
  return account
    ? { kind: 'ServiceAccount', namespace: account[1], name: account[2] }
    : { apiGroup: RBAC, kind: 'User', name: user };
}
