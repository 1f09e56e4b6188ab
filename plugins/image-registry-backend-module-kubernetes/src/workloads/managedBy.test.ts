import { WorkloadManager } from '@slipway/backstage-plugin-image-registry-node';
import { readFixture } from '../testing/replay';
import { managedBy, namedOwner } from './managedBy';
import { ObjectMeta, WorkloadObject } from './objects';

const bare: ObjectMeta = {
  name: 'cart',
  namespace: 'shop',
  uid: 'uid-1',
  resourceVersion: '1',
};

const writtenBy = (manager: string, subresource?: string) => ({
  managedFields: [{ manager, operation: 'Apply', subresource }],
});

describe('managedBy', () => {
  it.each<[string, Partial<ObjectMeta>, WorkloadManager | undefined]>([
    ['nobody', {}, undefined],
    ['a person', writtenBy('kubectl-client-side-apply'), undefined],
    [
      'Argo CD by its tracking id',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:shop/cart',
        },
      },
      { tool: 'argo-cd', name: 'web' },
    ],
    [
      'Argo CD whose application is in a namespace of its own',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id':
            'team_web:apps/Deployment:shop/cart',
        },
      },
      { tool: 'argo-cd', name: 'web', namespace: 'team' },
    ],
    [
      'Argo CD by its label',
      { labels: { 'argocd.argoproj.io/instance': 'web' } },
      { tool: 'argo-cd', name: 'web' },
    ],
    [
      'Argo CD by the common label, as only it writes',
      {
        labels: { 'app.kubernetes.io/instance': 'web' },
        ...writtenBy('argocd-controller'),
      },
      { tool: 'argo-cd', name: 'web' },
    ],
    [
      'nobody, as Helm charts of all kinds have that label',
      { labels: { 'app.kubernetes.io/instance': 'web' } },
      undefined,
    ],
    [
      'a Kustomization of Flux',
      {
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'apps',
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
      },
      { tool: 'flux', name: 'apps', namespace: 'flux-system' },
    ],
    [
      'a HelmRelease of Flux, which is more than Helm',
      {
        labels: {
          'app.kubernetes.io/managed-by': 'Helm',
          'helm.toolkit.fluxcd.io/name': 'cart',
          'helm.toolkit.fluxcd.io/namespace': 'shop',
        },
      },
      { tool: 'flux', name: 'cart', namespace: 'shop' },
    ],
    [
      'Flux by its manager',
      writtenBy('kustomize-controller'),
      { tool: 'flux' },
    ],
    [
      'Helm',
      {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: {
          'meta.helm.sh/release-name': 'cart',
          'meta.helm.sh/release-namespace': 'shop',
        },
      },
      { tool: 'helm', name: 'cart', namespace: 'shop' },
    ],
    [
      'nobody who writes the status alone',
      writtenBy('helm', 'status'),
      undefined,
    ],
  ])('is %s', (_, metadata, expected) => {
    expect(managedBy({ ...bare, ...metadata })).toEqual(expected);
  });
});

describe('namedOwner', () => {
  it.each([
    ['argocd-controller', 'Apply', 'Argo CD'],
    ['argocd-application-controller', 'Update', 'Argo CD'],
    ['kustomize-controller', 'Apply', 'Flux'],
    ['helm-controller', 'Update', 'Flux'],
    ['helm', 'Update', 'Helm'],
    ['Helm', 'Update', 'Helm'],
    ['kubectl-client-side-apply', 'Update', 'kubectl apply'],
    ['kubectl', 'Apply', 'kubectl apply --server-side'],
    ['kubectl', 'Update', 'kubectl'],
    ['kubectl-set', 'Update', 'kubectl set image'],
    ['deploydriver', 'Apply', 'deploydriver'],
  ])('calls %s (%s) %s', (manager, operation, title) => {
    expect(namedOwner({ manager, operation })).toMatchObject({ title });
  });

  it('knows the managers of the recordings', () => {
    const { workloads } = readFixture<{
      workloads: Array<{ note: string; object: WorkloadObject }>;
    }>('workloads');
    const titles = workloads.flatMap(({ object }) =>
      (object.metadata.managedFields ?? [])
        .filter(({ subresource }) => !subresource)
        .map(({ manager = '' }) => namedOwner({ manager }).title),
    );
    expect(titles).toEqual(
      expect.arrayContaining(['Argo CD', 'Helm', 'kubectl apply']),
    );
  });
});
