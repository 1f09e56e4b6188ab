import { ImageRegistryApi } from '@slipway/backstage-plugin-image-registry-react';
import { createFakeApi } from '../src/__testUtils__/createFakeApi';
import {
  createEnvironment,
  createPolicy,
  createRollout,
  createTarget,
  digestOf,
  entityRef,
  minutesAgo,
} from '../src/__testUtils__/fixtures';

/** A component in many states at once, to look at. */
export function createSampleApi(): ImageRegistryApi {
  const staging = createTarget();
  const production = createTarget({
    environment: 'production',
    ref: { namespace: 'shop-production', cluster: 'eu' },
    health: 'Progressing',
    readyReplicas: 2,
    updatedReplicas: 1,
    activeRolloutId: 'next',
  });
  const held = createTarget({
    environment: 'production',
    ref: { namespace: 'shop-production', cluster: 'us' },
    hold: {
      id: 'hold-1',
      targetKey: 'x',
      entityRef,
      reason: 'memory leak, see the ticket',
      author: 'user:default/olivia',
      createdAt: minutesAgo(90),
    },
    tag: 'v1.2.8',
    digest: digestOf('b'),
  });
  const longName =
    'checkout-service-with-a-name-of-sixty-characters-for-a-test';
  const foreign = createTarget({
    environment: undefined,
    ref: { namespace: 'legacy', name: longName, container: longName },
    health: 'Degraded',
    readyReplicas: 0,
    reason: 'Pod web-7d9f crashed 4 times: REDIS_URL not set',
    owners: [{ manager: 'helm', operation: 'Update', time: minutesAgo(600) }],
  });
  const readOnly = createTarget({
    ref: { name: 'web-canary' },
    replicas: 0,
    readyReplicas: 0,
    health: 'Stopped',
    writable: {
      ok: false,
      reason: {
        code: 'not-confirmed-by-cluster',
        message: 'The label is missing',
        params: {
          kind: 'Deployment',
          namespace: 'shop-staging',
          name: 'web-canary',
          label: 'backstage.io/kubernetes-id=web',
          component: 'web',
        },
      },
    },
  });
  const targets = [staging, readOnly, production, held, foreign];
  const next = createRollout(production, {
    id: 'next',
    sequence: 9,
    state: 'progressing',
    finishedAt: undefined,
    createdAt: minutesAgo(0),
    cause: 'policy',
    policyId: 'policy-2',
    image: {
      registryId: 'company',
      repository: 'apps/web',
      tag: 'v1.3.0',
      digest: digestOf('c'),
      reference: `registry.example.com/apps/web:v1.3.0@${digestOf('c')}`,
    },
  });
  const failed = createRollout(foreign, {
    id: 'failed',
    sequence: 8,
    state: 'failed',
    reason: {
      code: 'crash-looping',
      message: 'crashed',
      params: { pod: 'web-7d9f', restarts: '4', detail: 'REDIS_URL not set' },
    },
  });
  const rollouts = [
    next,
    failed,
    ...[7, 6, 5].map(sequence =>
      createRollout(staging, {
        id: `r${sequence}`,
        sequence,
        cause: sequence === 6 ? 'rollback' : 'person',
        createdAt: minutesAgo(60 * (10 - sequence)),
        startedAt: minutesAgo(60 * (10 - sequence)),
        finishedAt: minutesAgo(60 * (10 - sequence) - 0.7),
      }),
    ),
  ];
  return createFakeApi({
    targets,
    rollouts,
    listTargets: async () => ({
      items: targets,
      clusters: [
        { name: 'eu', reachable: true },
        { name: 'us', reachable: true },
        {
          name: 'lab',
          reachable: false,
          since: minutesAgo(42),
          message: 'connect ECONNREFUSED 10.2.0.7:6443',
        },
      ],
      lostPlaces: [{ cluster: 'lab', environment: 'lab' }],
    }),
    listEnvironments: async () => [
      createEnvironment('staging', 1),
      createEnvironment('lab', 2, 'lab'),
      createEnvironment('production', 3),
    ],
    listPolicies: async () => ({
      items: [
        createPolicy(staging),
        createPolicy(production, { id: 'policy-2' }),
        createPolicy(held, {
          id: 'policy-3',
          head: { tag: 'v1.3.0', digest: digestOf('c') },
        }),
      ],
    }),
  });
}
