import { ClusterClient } from '../clusters';
import { workloadManifest } from './workloadManifest';

const target = {
  cluster: 'eu',
  namespace: 'shop',
  kind: 'Deployment' as const,
  name: 'web',
  container: 'web',
};

const workload = {
  metadata: {
    name: 'web',
    namespace: 'shop',
    annotations: {
      team: 'shop',
      'kubectl.kubernetes.io/last-applied-configuration': '{"env":"hunter2"}',
      'kapp.k14s.io/original': '{"env":"hunter2"}',
      'kapp.k14s.io/original-diff': '- value: hunter2',
      'objectset.rio.cattle.io/applied': '{"env":"hunter2"}',
    },
    managedFields: [{ manager: 'kubectl' }],
  },
  spec: {
    template: {
      spec: {
        containers: [
          {
            name: 'web',
            image: 'web:1',
            env: [
              { name: 'PASSWORD', value: 'hunter2' },
              {
                name: 'TOKEN',
                valueFrom: { secretKeyRef: { name: 's', key: 'value' } },
              },
            ],
            args: ['--value', 'shown'],
          },
        ],
        tolerations: [{ key: 'gpu', operator: 'Equal', value: 'shown-too' }],
      },
    },
  },
  status: { replicas: 1 },
};

describe('workloadManifest', () => {
  it('shows the workload without state, bookkeeping and values', async () => {
    const json = jest.fn(async () => workload);
    const client = { json } as unknown as ClusterClient;
    const manifest = await workloadManifest(client, target);
    expect(json).toHaveBeenCalledWith(
      expect.objectContaining({
        path: '/apis/apps/v1/namespaces/shop/deployments/web',
      }),
    );
    for (const shown of [
      'kind: Deployment',
      'apiVersion: apps/v1',
      'team: shop',
      'image: web:1',
      'name: PASSWORD',
      'secretKeyRef',
      '- shown',
      'value: shown-too',
    ]) {
      expect(manifest).toContain(shown);
    }
    expect(manifest).not.toMatch(/hunter2|managedFields|status/);
  });
});
