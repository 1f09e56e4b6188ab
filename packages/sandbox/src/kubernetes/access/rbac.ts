import { StatusError, detailsOf, qualifiedName } from '../status';

/** A rule of an RBAC Role; `*` stands for all. */
export interface PolicyRule {
  apiGroups: string[];
  /** Plural names, subresources as `pods/log`. */
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
  /** Kubernetes namespaces the rule is bound in; undefined: everywhere. */
  namespaces?: string[];
}

/** One action on the API, as RBAC sees it. */
export interface Action {
  verb: string;
  group: string;
  plural: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** Whether any rule allows the action. RBAC has no denials. */
export function isAllowed(rules: PolicyRule[], action: Action): boolean {
  const resource = action.subresource
    ? `${action.plural}/${action.subresource}`
    : action.plural;
  return rules.some(
    rule =>
      includes(rule.apiGroups, action.group) &&
      includes(rule.resources, resource) &&
      includes(rule.verbs, action.verb) &&
      (!rule.resourceNames ||
        (action.name !== undefined &&
          rule.resourceNames.includes(action.name))) &&
      (!rule.namespaces ||
        (action.namespace !== undefined &&
          rule.namespaces.includes(action.namespace))),
  );
}

function includes(list: string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

/** The 403 of RBAC, in its words (recorded: 07b). */
export function forbidden(user: string, action: Action): StatusError {
  const subject = action.name
    ? `${qualifiedName(action)} "${action.name}"`
    : qualifiedName(action);
  const resource = action.subresource
    ? `${action.plural}/${action.subresource}`
    : action.plural;
  const scope = action.namespace
    ? `in the namespace "${action.namespace}"`
    : 'at the cluster scope';
  return new StatusError(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${user}" cannot ${action.verb} resource "${resource}" in API group "${action.group}" ${scope}`,
    detailsOf(action, action.plural, action.name),
  );
}

/** @throws StatusError 403 */
export function assertAllowed(
  identity: { user: string; rules: PolicyRule[] },
  action: Action,
): void {
  if (!isAllowed(identity.rules, action)) {
    throw forbidden(identity.user, action);
  }
}
