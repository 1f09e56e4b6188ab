import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { deployment } from '../workloads/deployment';
import { KubernetesObject } from '../workloads/objects';
import { joinRollout } from './RolloutView';
import { WatchHub } from './WatchHub';

const meta = { namespace: 'shop', uid: 'u', resourceVersion: '1' };
const web: KubernetesObject = { metadata: { ...meta, name: 'web' } };
const pod: KubernetesObject = {
  metadata: {
    ...meta,
    name: 'web-abc-1',
    labels: { 'pod-template-hash': 'abc' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'web-abc', uid: 'r' }],
  },
};
const forbidden = new DriverError('forbidden', 'RBAC is not ready');

interface FakeWatch {
  objects: Map<string, KubernetesObject>;
  synced: boolean;
  trouble?: DriverError;
}

function view(change: Record<string, Partial<FakeWatch>>) {
  const watches: Record<string, FakeWatch> = {
    deployments: { objects: new Map([['u', web]]), synced: true },
    pods: { objects: new Map([['p', pod]]), synced: true },
    replicasets: { objects: new Map(), synced: true },
  };
  for (const [resource, changed] of Object.entries(change)) {
    Object.assign(watches[resource], changed);
  }
  const hub = {
    join: (_: unknown, { resource }: { resource: string }) => ({
      watch: watches[resource],
      leave: () => undefined,
    }),
  };
  return joinRollout(
    hub as unknown as WatchHub,
    {} as ClusterClient,
    deployment,
    {
      cluster: 'eu',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
      container: 'web',
    },
    () => undefined,
  );
}

describe('what a rollout sees of a cluster', () => {
  it('is refused when the workload may not be watched', () => {
    const refused = view({
      deployments: { trouble: forbidden, synced: false },
    });
    expect(() => refused.snapshot()).toThrow(forbidden);
  });

  it('is waited for when it was watched before', () => {
    const later = view({ deployments: { trouble: forbidden } });
    expect(later.snapshot()).toMatchObject({ trouble: forbidden });
  });

  it('has no pods where those may not be read any more', () => {
    expect(view({}).snapshot()?.pods).toEqual([pod]);
    const blind = view({ pods: { trouble: forbidden } }).snapshot();
    expect(blind).toMatchObject({ workload: web, pods: [] });
    expect(blind?.trouble).toBeUndefined();
  });
});
