import { ImageChange } from '@slipway/backstage-plugin-image-registry-node';
import { WorkloadObject } from '../workloads/objects';
import { rollout } from '../workloads/rollout';
import { hasAtomicContainers, patchOperations } from './patchOperations';

const change: ImageChange = {
  target: {
    cluster: 'real',
    namespace: 'shop',
    kind: 'Rollout',
    name: 'cart',
    container: 'web',
  },
  image: 'r.example/cart:2',
  sequence: 12,
  force: true,
};

function workload(containers: object, manager: string = 'helm') {
  const object: WorkloadObject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'cart',
      namespace: 'shop',
      uid: 'uid-1',
      resourceVersion: '7',
      annotations: { team: 'shop' },
      managedFields: [
        {
          manager,
          operation: 'Update',
          fieldsV1: JSON.parse(
            JSON.stringify({
              'f:spec': {
                'f:template': { 'f:spec': { 'f:containers': containers } },
              },
            }),
          ),
        },
      ],
    },
    spec: {
      template: {
        spec: {
          containers: [
            { name: 'proxy', image: 'r.example/proxy:1' },
            { name: 'web', image: 'r.example/cart:1' },
          ],
        },
      },
    },
  };
  return object;
}

function readOf(object: WorkloadObject) {
  return {
    type: rollout,
    workload: object,
    source: { type: rollout, workload: object },
    list: 'containers' as const,
    container: { name: 'web', image: 'r.example/cart:1' },
  };
}

describe('a Rollout whose definition takes the containers as one value', () => {
  it('is told by who owns the whole list', () => {
    const keyed = workload({ 'k:{"name":"web"}': { 'f:image': {} } });
    expect(hasAtomicContainers(readOf(workload({})).source)).toBe(true);
    expect(hasAtomicContainers(readOf(keyed).source)).toBe(false);
  });

  it('is not told where nobody is known to own it, so it counts as one', () => {
    const cleared = workload({});
    cleared.metadata.managedFields = undefined;
    expect(hasAtomicContainers(readOf(cleared).source)).toBe(true);
  });

  it('is written by steps that touch the image alone', () => {
    expect(patchOperations(readOf(workload({})), change)).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'uid-1' },
      { op: 'replace', path: '/metadata/resourceVersion', value: '7' },
      {
        op: 'add',
        path: '/metadata/annotations',
        value: {
          team: 'shop',
          'image-registry.backstage.io/rollout-sequence': 'web=12',
        },
      },
      {
        op: 'test',
        path: '/spec/template/spec/containers/1/name',
        value: 'web',
      },
      {
        op: 'add',
        path: '/spec/template/spec/containers/1/image',
        value: 'r.example/cart:2',
      },
    ]);
  });

  it('is not written without force while others own the list', () => {
    const gentle = { ...change, force: false };
    expect(() => patchOperations(readOf(workload({})), gentle)).toThrow(
      expect.objectContaining({
        code: 'field-conflict',
        owners: [expect.objectContaining({ manager: 'helm' })],
      }),
    );
    const own = workload({}, 'backstage-image-registry');
    expect(patchOperations(readOf(own), gentle)).toHaveLength(5);
  });
});
