import {
  AccessPurpose,
  accessPurposeSchema,
} from '@slipway/backstage-plugin-image-registry-common';

/** A rule as RBAC writes it. */
export interface AccessRule {
  /** Empty for the core group. */
  group: string;
  /** Plural, subresources as `pods/log`. */
  resources: readonly string[];
  verbs: readonly string[];
}

const readVerbs = ['get', 'list', 'watch'] as const;

/**
 * What each purpose needs; docs/kubernetes.md holds the same as Roles. Rollouts
 * of Argo are left out: most clusters have none, and RBAC would call them denied.
 */
const rules: Readonly<Record<AccessPurpose, readonly AccessRule[]>> = {
  read: [
    {
      group: 'apps',
      resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
      verbs: readVerbs,
    },
    { group: 'batch', resources: ['cronjobs'], verbs: readVerbs },
    { group: '', resources: ['pods'], verbs: readVerbs },
    { group: '', resources: ['events'], verbs: ['list'] },
  ],
  logs: [{ group: '', resources: ['pods/log'], verbs: ['get'] }],
  deploy: [
    {
      group: 'apps',
      resources: ['deployments', 'statefulsets', 'daemonsets'],
      verbs: ['patch'],
    },
    { group: 'batch', resources: ['cronjobs'], verbs: ['patch'] },
  ],
  'pull-secrets': [
    {
      group: '',
      resources: ['secrets'],
      verbs: ['get', 'list', 'create', 'patch', 'delete'],
    },
    {
      group: '',
      resources: ['serviceaccounts'],
      verbs: ['get', 'list', 'patch'],
    },
  ],
  create: [
    {
      group: 'apps',
      resources: ['deployments'],
      verbs: ['get', 'create', 'patch'],
    },
    {
      group: '',
      resources: ['services', 'persistentvolumeclaims'],
      verbs: ['get', 'create', 'patch'],
    },
    {
      group: 'networking.k8s.io',
      resources: ['ingresses'],
      verbs: ['get', 'create', 'patch'],
    },
    { group: '', resources: ['resourcequotas'], verbs: ['list'] },
  ],
  'test-pull': [
    {
      group: '',
      resources: ['pods'],
      verbs: ['create', 'get', 'list', 'delete'],
    },
  ],
};

/** Every purpose, in the order in which a person meets them. */
export const accessPurposes: readonly AccessPurpose[] =
  accessPurposeSchema.options;

/** The rules that a purpose needs. */
export function rulesFor(purpose: AccessPurpose): readonly AccessRule[] {
  return rules[purpose];
}

/** True for what is done with the credential that only reads. */
export function isReading(purpose: AccessPurpose): boolean {
  return purpose === 'read' || purpose === 'logs';
}
