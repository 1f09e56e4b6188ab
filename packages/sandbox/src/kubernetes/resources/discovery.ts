import { JsonObject } from '../objects';
import { ResourceKind, apiVersionOf } from './kinds';

const OBJECT_VERBS = [
  'create',
  'delete',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** Body of /version; the release whose behaviour was recorded. */
export const VERSION: JsonObject = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2+sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-08-21T00:00:00Z',
  goVersion: '',
  compiler: 'sandbox',
  platform: 'linux/amd64',
};

const REVIEWS: Record<string, JsonObject[]> = {
  'authorization.k8s.io/v1': [
    reviewResource('selfsubjectaccessreviews', 'SelfSubjectAccessReview'),
    reviewResource('selfsubjectrulesreviews', 'SelfSubjectRulesReview'),
  ],
  'authentication.k8s.io/v1': [
    reviewResource('selfsubjectreviews', 'SelfSubjectReview'),
  ],
};

function reviewResource(name: string, kind: string): JsonObject {
  return {
    name,
    singularName: kind.toLowerCase(),
    namespaced: false,
    kind,
    verbs: ['create'],
  };
}

/** Body of /api. */
export function coreVersions(address: string): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: address },
    ],
  };
}

/** Body of /apis. */
export function groupList(kinds: readonly ResourceKind[]): JsonObject {
  const groups = [
    ...new Set(kinds.filter(known => known.group).map(apiVersionOf)),
    ...Object.keys(REVIEWS),
  ];
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.map(groupOf),
  };
}

function groupOf(groupVersion: string): JsonObject {
  const [name, version] = groupVersion.split('/');
  return {
    name,
    versions: [{ groupVersion, version }],
    preferredVersion: { groupVersion, version },
  };
}

/** Body of /apis/{group}, undefined for a group that is not served. */
export function apiGroup(
  kinds: readonly ResourceKind[],
  name: string,
): JsonObject | undefined {
  const known = [...kinds.map(apiVersionOf), ...Object.keys(REVIEWS)].find(
    groupVersion => groupVersion.startsWith(`${name}/`),
  );
  return known
    ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(known) }
    : undefined;
}

/** Body of /api/v1 or /apis/{group}/{version}. */
export function resourceList(
  kinds: readonly ResourceKind[],
  groupVersion: string,
): JsonObject | undefined {
  const ofGroup = kinds.filter(known => apiVersionOf(known) === groupVersion);
  const stored = ofGroup.flatMap(known => [
    {
      name: known.plural,
      singularName: known.singular,
      namespaced: known.namespaced,
      kind: known.kind,
      verbs: OBJECT_VERBS,
      ...(known.shortNames && { shortNames: known.shortNames }),
    },
    ...(known.subresources ?? []).map(subresource => ({
      name: `${known.plural}/${subresource}`,
      singularName: '',
      namespaced: known.namespaced,
      kind: subresource === 'scale' ? 'Scale' : known.kind,
      verbs: subresource === 'log' ? ['get'] : ['get', 'patch', 'update'],
    })),
  ]);
  const resources = [...stored, ...(REVIEWS[groupVersion] ?? [])];
  if (resources.length === 0) {
    return undefined;
  }
  return {
    kind: 'APIResourceList',
    ...(groupVersion.includes('/') && { apiVersion: 'v1' }),
    groupVersion,
    resources,
  };
}
