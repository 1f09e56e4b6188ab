import {
  Rollout,
  targetKey,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';

const target: TargetRef = {
  cluster: 'eu',
  namespace: 'shop-prod',
  kind: 'Deployment',
  name: 'web',
  container: 'web',
};

/** A rollout of a component that succeeded a minute ago. */
export function createRollout(changes: Partial<Rollout> = {}): Rollout {
  return {
    id: 'rollout-7',
    sequence: 7,
    entityRef: 'component:default/web',
    targetKey: targetKey(target),
    target,
    environment: 'production',
    image: {
      registryId: 'company',
      repository: 'apps/web',
      tag: 'v1.3.0',
      digest: `sha256:${'c'.repeat(64)}`,
      reference: 'registry.example.com/apps/web:v1.3.0',
    },
    state: 'succeeded',
    cause: 'person',
    author: 'user:default/olivia',
    createdAt: new Date(Date.now() - 60_000).toISOString(),
    attempts: 1,
    ...changes,
  };
}
