import { timingSafeEqual } from 'node:crypto';
import { PolicyRule } from './rbac';

/** Who a bearer token speaks for, and what it may do. */
export interface SandboxToken {
  token: string;
  /** For example `system:serviceaccount:shop:deploy`. */
  user: string;
  rules: PolicyRule[];
}

/** Tokens by a short name: `admin`, `deploy`, `read` unless told otherwise. */
export type SandboxTokens = { [name: string]: SandboxToken };

const READ_RULES: PolicyRule[] = [
  {
    apiGroups: [''],
    resources: [
      'namespaces',
      'nodes',
      'pods',
      'pods/log',
      'events',
      'serviceaccounts',
      'resourcequotas',
    ],
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiGroups: ['apps'],
    resources: [
      'deployments',
      'replicasets',
      'statefulsets',
      'daemonsets',
      'controllerrevisions',
    ],
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiGroups: ['batch'],
    resources: ['cronjobs'],
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiGroups: ['argoproj.io'],
    resources: ['rollouts'],
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
  {
    apiGroups: ['authentication.k8s.io'],
    resources: ['selfsubjectreviews'],
    verbs: ['create'],
  },
];

const DEPLOY_RULES: PolicyRule[] = [
  ...READ_RULES,
  {
    apiGroups: ['apps'],
    resources: ['deployments', 'statefulsets', 'daemonsets'],
    verbs: ['create', 'patch'],
  },
  { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['create', 'patch'] },
  { apiGroups: ['argoproj.io'], resources: ['rollouts'], verbs: ['patch'] },
  {
    apiGroups: [''],
    resources: ['secrets'],
    verbs: ['get', 'list', 'create', 'patch', 'delete'],
  },
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get', 'patch'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'delete'] },
  {
    apiGroups: [''],
    resources: ['services', 'persistentvolumeclaims'],
    verbs: ['get', 'list', 'create', 'patch'],
  },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses'],
    verbs: ['get', 'list', 'create', 'patch'],
  },
];

const ADMIN_RULES: PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
];

/** The tokens of a sandbox that was given none. */
export function defaultTokens(): SandboxTokens {
  return {
    admin: {
      token: 'sandbox-admin-token',
      user: 'system:serviceaccount:sandbox:admin',
      rules: ADMIN_RULES,
    },
    deploy: {
      token: 'sandbox-deploy-token',
      user: 'system:serviceaccount:sandbox:deploy',
      rules: DEPLOY_RULES,
    },
    read: {
      token: 'sandbox-read-token',
      user: 'system:serviceaccount:sandbox:read',
      rules: READ_RULES,
    },
  };
}

/** The token of an Authorization header, if it is one of ours. */
export function authenticate(
  tokens: SandboxTokens,
  authorization: string | undefined,
): SandboxToken | undefined {
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return given === undefined
    ? undefined
    : Object.values(tokens).find(known => sameText(known.token, given));
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
