import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import { ImageChange } from '@slipway/backstage-plugin-image-registry-node';
import { deployment } from '../workloads/deployment';
import { cronJob } from '../workloads/cronJob';
import { WorkloadObject } from '../workloads/objects';
import { applyBody } from './applyBody';
import { ROLLOUT_SEQUENCE_ANNOTATION } from './rolloutSequence';

const change: ImageChange = {
  target: {
    cluster: 'real',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    container: 'web',
  },
  image: 'r.example/cart:2',
  sequence: 12,
  force: false,
};

function workload(overrides: Partial<WorkloadObject['metadata']> = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'cart',
      namespace: 'shop',
      uid: 'uid-1',
      resourceVersion: '7',
      ...overrides,
    },
    spec: {
      replicas: 3,
      template: {
        spec: {
          containers: [
            { name: 'web', image: 'r.example/cart:1' },
            { name: 'proxy', image: 'r.example/proxy:1' },
          ],
          initContainers: [{ name: 'migrate', image: 'r.example/cart:1' }],
        },
      },
    },
  };
}

function bodyOf(object: WorkloadObject, more: Partial<ImageChange> = {}) {
  return applyBody(
    {
      type: deployment,
      workload: object,
      source: { type: deployment, workload: object },
      list: 'containers',
      container: { name: 'web', image: 'r.example/cart:1' },
    },
    { ...change, ...more },
  );
}

describe('applyBody', () => {
  it('holds the image, the sequence and what guards them, and no more', () => {
    expect(bodyOf(workload())).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'cart',
        namespace: 'shop',
        uid: 'uid-1',
        resourceVersion: '7',
        annotations: { [ROLLOUT_SEQUENCE_ANNOTATION]: 'web=12' },
      },
      spec: {
        template: {
          spec: { containers: [{ name: 'web', image: 'r.example/cart:2' }] },
        },
      },
    });
  });

  it('keeps the images and sequences that the portal wrote before', () => {
    const owned = {
      'f:spec': {
        'f:template': {
          'f:spec': {
            'f:initContainers': { 'k:{"name":"migrate"}': { 'f:image': {} } },
          },
        },
      },
    };
    const body = bodyOf(
      workload({
        annotations: { [ROLLOUT_SEQUENCE_ANNOTATION]: 'migrate=9' },
        managedFields: [
          {
            manager: PORTAL_FIELD_MANAGER,
            operation: 'Apply',
            fieldsV1: owned,
          },
        ],
      }),
    );
    expect(body).toMatchObject({
      metadata: {
        annotations: { [ROLLOUT_SEQUENCE_ANNOTATION]: 'migrate=9,web=12' },
      },
      spec: {
        template: {
          spec: {
            initContainers: [{ name: 'migrate', image: 'r.example/cart:1' }],
            containers: [{ name: 'web', image: 'r.example/cart:2' }],
          },
        },
      },
    });
    expect(JSON.stringify(body)).not.toContain('proxy');
  });

  it('writes several containers at once, also init containers', () => {
    const object = workload();
    const body = applyBody(
      {
        type: deployment,
        workload: object,
        source: { type: deployment, workload: object },
        list: 'containers',
        container: { name: 'web', image: 'r.example/cart:1' },
      },
      {
        ...change,
        others: [{ container: 'migrate', image: 'r.example/cart:2' }],
      },
    );
    expect(body).toMatchObject({
      metadata: {
        annotations: { [ROLLOUT_SEQUENCE_ANNOTATION]: 'migrate=12,web=12' },
      },
      spec: {
        template: {
          spec: {
            containers: [{ name: 'web', image: 'r.example/cart:2' }],
            initContainers: [{ name: 'migrate', image: 'r.example/cart:2' }],
          },
        },
      },
    });
  });

  it('names containers in the order that they have', () => {
    const object = workload();
    object.spec.template.spec.initContainers = ['first', 'second', 'third'].map(
      name => ({ name, image: 'r.example/step:1' }),
    );
    const body = bodyOf(object, {
      target: { ...change.target, container: 'third' },
      others: [
        { container: 'proxy', image: 'r.example/proxy:2' },
        { container: 'first', image: 'r.example/step:2' },
        { container: 'web', image: 'r.example/cart:2' },
      ],
    });
    expect(body).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [{ name: 'web' }, { name: 'proxy' }],
            initContainers: [{ name: 'first' }, { name: 'third' }],
          },
        },
      },
    });
  });

  it('refuses a container that does not exist', () => {
    expect(() =>
      bodyOf(workload(), { others: [{ container: 'gone', image: 'x:1' }] }),
    ).toThrow('Deployment shop/cart has no container "gone"');
  });

  it('reaches into the template of a CronJob', () => {
    const object = {
      ...workload(),
      apiVersion: 'batch/v1',
      spec: { jobTemplate: { spec: workload().spec } },
    };
    const body = applyBody(
      {
        type: cronJob,
        workload: object,
        source: { type: cronJob, workload: object },
        list: 'containers',
        container: { name: 'web' },
      },
      { ...change, target: { ...change.target, kind: 'CronJob' } },
    );
    expect(body).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      spec: {
        jobTemplate: {
          spec: { template: { spec: { containers: [{ name: 'web' }] } } },
        },
      },
    });
  });
});
