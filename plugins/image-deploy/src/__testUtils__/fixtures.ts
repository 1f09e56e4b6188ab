import {
  Environment,
  Policy,
  Rollout,
  RolloutDetails,
  RolloutDiff,
  Target,
  targetKey,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';

export const entityRef = 'component:default/web';

export const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-shop' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-shop' }],
};

/** A digest made of one hex digit. */
export function digestOf(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}

/** Time some minutes ago. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

export function createEnvironment(
  name: string,
  order: number,
  cluster = 'eu',
): Environment {
  return {
    id: name,
    name,
    order,
    places: [{ cluster, namespaces: [`*-${name}`] }],
    owners: [],
    systems: [],
    protection: {},
    version: 1,
  };
}

export function createTarget(
  options: Partial<Omit<Target, 'ref'>> & { ref?: Partial<TargetRef> } = {},
): Target {
  const { ref: given, ...rest } = options;
  const ref: TargetRef = {
    cluster: 'eu',
    namespace: 'shop-staging',
    kind: 'Deployment',
    name: 'web',
    container: 'web',
    ...given,
  };
  return {
    key: targetKey(ref),
    ref,
    environment: 'staging',
    image: `registry.example.com/apps/web:v1.2.9@${digestOf('a')}`,
    digest: digestOf('a'),
    tag: 'v1.2.9',
    registryId: 'company',
    repository: 'apps/web',
    replicas: 3,
    readyReplicas: 3,
    updatedReplicas: 3,
    health: 'Healthy',
    deployedAt: minutesAgo(5),
    owners: [{ manager: 'backstage-image-registry' }],
    writable: { ok: true },
    ...rest,
  };
}

export function createRollout(
  target: Target,
  options: Partial<Rollout> = {},
): Rollout {
  return {
    id: 'rollout-1',
    sequence: 1,
    entityRef,
    targetKey: target.key,
    target: target.ref,
    environment: target.environment,
    image: {
      registryId: 'company',
      repository: 'apps/web',
      tag: 'v1.2.9',
      digest: digestOf('a'),
      reference: `registry.example.com/apps/web:v1.2.9@${digestOf('a')}`,
    },
    previous: {
      registryId: 'company',
      repository: 'apps/web',
      tag: 'v1.2.8',
      digest: digestOf('b'),
      reference: `registry.example.com/apps/web:v1.2.8@${digestOf('b')}`,
    },
    state: 'succeeded',
    cause: 'person',
    author: 'user:default/owner',
    createdAt: minutesAgo(6),
    startedAt: minutesAgo(6),
    finishedAt: minutesAgo(5),
    attempts: 1,
    ...options,
  };
}

/** A rollout whose pods are being replaced. */
export function createProgress(rollout: Rollout): RolloutDetails {
  return {
    ...rollout,
    state: 'progressing',
    finishedAt: undefined,
    gates: [],
    events: [
      {
        sequence: 1,
        at: rollout.createdAt,
        type: 'queued',
        state: 'queued',
      },
      {
        sequence: 2,
        at: rollout.createdAt,
        type: 'applying',
        state: 'applying',
      },
      {
        sequence: 3,
        at: rollout.createdAt,
        type: 'progress',
        state: 'progressing',
        reason: {
          code: 'replicas-updating',
          message: '1 of 3 pods are of the new version.',
          params: { updated: '1', wanted: '3' },
        },
        progress: {
          replicas: 3,
          updatedReplicas: 1,
          readyReplicas: 2,
          pods: [
            {
              name: 'web-7d9f-abcde',
              phase: 'Pending',
              ready: false,
              restarts: 0,
              reason: 'ContainerCreating',
              current: true,
            },
          ],
        },
      },
    ],
  };
}

export function createPolicy(
  target: Target,
  options: Partial<Policy> = {},
): Policy {
  return {
    id: 'policy-1',
    entityRef,
    target: target.ref,
    image: { registryId: 'company', repository: 'apps/web' },
    rule: { kind: 'semver', range: '^1' },
    enabled: true,
    mode: 'deploy',
    gates: {},
    whenStopped: 'block',
    source: 'database',
    author: 'user:default/owner',
    createdAt: minutesAgo(60),
    updatedAt: minutesAgo(60),
    version: 3,
    head: { tag: 'v1.2.9', digest: digestOf('a') },
    ...options,
  };
}

export function createDiff(
  target: Target,
  options: Partial<RolloutDiff> = {},
): RolloutDiff {
  const to = `registry.example.com/apps/web:v1.3.0@${digestOf('c')}`;
  return {
    target: target.ref,
    image: {
      registryId: 'company',
      repository: 'apps/web',
      tag: 'v1.3.0',
      digest: digestOf('c'),
      reference: to,
    },
    changes: [
      {
        path: 'spec.template.spec.containers[web].image',
        from: target.image,
        to,
      },
    ],
    conflicts: [],
    consented: true,
    unchanged: false,
    checks: [
      {
        name: 'exists',
        ok: true,
        reason: {
          code: 'image-exists',
          message: 'The image exists in company',
          params: { registry: 'company' },
        },
      },
      {
        name: 'target',
        ok: true,
        reason: {
          code: 'target-confirmed',
          message: 'The cluster says this is the component’s',
        },
      },
    ],
    ...options,
  };
}

/** The check of a tag that means another digest than the person saw. */
export function createMovedTag(
  seen: string,
  now: string,
): RolloutDiff['checks'][number] {
  return {
    name: 'tag',
    ok: false,
    reason: {
      code: 'tag-moved',
      message: `The tag means ${now} now`,
      params: { seen, now },
    },
  };
}
