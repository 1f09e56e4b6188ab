import { Action, isAllowed } from '../access/rbac';
import { SandboxToken } from '../access/tokens';
import { JsonObject, timestamp } from '../objects';
import { Answer, ok } from './request';

/** selfsubjectaccessreviews: may I do this? */
export function reviewAccess(identity: SandboxToken, body: JsonObject): Answer {
  const spec = (body.spec ?? {}) as {
    resourceAttributes?: Partial<Record<string, string>>;
  };
  const asked = spec.resourceAttributes ?? {};
  const action: Action = {
    verb: asked.verb ?? '',
    group: asked.group ?? '',
    plural: asked.resource ?? '',
    subresource: asked.subresource,
    namespace: asked.namespace,
    name: asked.name,
  };
  const allowed = isAllowed(identity.rules, action);
  return ok(
    {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {},
      spec,
      status: {
        allowed,
        ...(allowed && {
          reason: `RBAC: allowed by a rule of "${identity.user}"`,
        }),
      },
    },
    201,
  );
}

/** selfsubjectrulesreviews: what may I do in this Kubernetes namespace? */
export function reviewRules(identity: SandboxToken, body: JsonObject): Answer {
  const { namespace } = (body.spec ?? {}) as { namespace?: string };
  const rules = identity.rules.filter(
    rule =>
      !rule.namespaces ||
      (namespace !== undefined && rule.namespaces.includes(namespace)),
  );
  return ok(
    {
      kind: 'SelfSubjectRulesReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {},
      spec: {},
      status: {
        resourceRules: rules.map(
          ({ verbs, apiGroups, resources, resourceNames }) => ({
            verbs,
            apiGroups,
            resources,
            ...(resourceNames && { resourceNames }),
          }),
        ),
        nonResourceRules: [],
        incomplete: false,
      },
    },
    201,
  );
}

/** selfsubjectreviews: who am I? */
export function reviewIdentity(identity: SandboxToken): Answer {
  return ok(
    {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { creationTimestamp: timestamp() },
      status: {
        userInfo: {
          username: identity.user,
          groups: ['system:serviceaccounts', 'system:authenticated'],
        },
      },
    },
    201,
  );
}
