import { createHash } from 'node:crypto';

/** How many pods a namespace has that is watched. */
export const PODS = 10_000;
export const NAMESPACE = 'bench';

const STARTED = '2026-11-20T08:00:00Z';
const REPLICAS = 20;
const CONDITIONS = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];

/**
 * A pod as an API server tells one of two containers: some 7 KB, most of
 * which nobody looks at. All names and ids are its own.
 *
 * @param version - another one for each change
 */
export function podOf(index: number, version: number): object {
  const app = `service-${Math.floor(index / REPLICAS)}`;
  const hash = sha(app).slice(0, 10);
  const name = `${app}-${hash}-${sha(`pod ${index}`).slice(0, 5)}`;
  const names = ['web', 'proxy'];
  return {
    metadata: {
      name,
      generateName: `${app}-${hash}-`,
      namespace: NAMESPACE,
      uid: uid(`pod ${index}`),
      resourceVersion: String(1_000 + index + version),
      creationTimestamp: STARTED,
      labels: {
        app,
        'app.kubernetes.io/name': app,
        'app.kubernetes.io/instance': `${app}-bench`,
        'backstage.io/kubernetes-id': app,
        'pod-template-hash': hash,
      },
      annotations: { 'kubectl.kubernetes.io/restartedAt': STARTED },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${app}-${hash}`,
          uid: uid(`set ${app}`),
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: [
        writer('kube-controller-manager', specFields(names)),
        { ...writer('kubelet', statusFields(index)), subresource: 'status' },
      ],
    },
    spec: specOf(app, names, index),
    status: statusOf(app, names, index, version),
  };
}

function specOf(app: string, names: string[], index: number): object {
  return {
    volumes: [
      {
        name: `kube-api-access-${sha(`volume ${index}`).slice(0, 5)}`,
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt' } },
          ],
          defaultMode: 420,
        },
      },
    ],
    containers: names.map(name => ({
      name,
      image: imageOf(app, name),
      ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
      env: Array.from({ length: 12 }, (_, place) => ({
        name: `SETTING_${place}`,
        value: sha(`${app} ${name} ${place}`).slice(0, 24),
      })),
      resources: {
        limits: { cpu: '500m', memory: '512Mi' },
        requests: { cpu: '100m', memory: '256Mi' },
      },
      readinessProbe: probe('/ready'),
      livenessProbe: probe('/alive'),
      terminationMessagePath: '/dev/termination-log',
      imagePullPolicy: 'IfNotPresent',
    })),
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: app,
    nodeName: `node-${index % 100}`,
    schedulerName: 'default-scheduler',
    tolerations: ['not-ready', 'unreachable'].map(what => ({
      key: `node.kubernetes.io/${what}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
  };
}

function statusOf(
  app: string,
  names: string[],
  index: number,
  version: number,
): object {
  return {
    phase: 'Running',
    conditions: CONDITIONS.map(type => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: STARTED,
    })),
    hostIP: `10.0.0.${index % 100}`,
    podIP: `10.1.${Math.floor(index / 250)}.${index % 250}`,
    startTime: STARTED,
    containerStatuses: names.map(name => ({
      name,
      state: { running: { startedAt: STARTED } },
      lastState: {},
      ready: true,
      restartCount: version,
      image: imageOf(app, name),
      imageID: `registry.example/${app}/${name}@sha256:${sha(
        `${app} ${name}`,
      )}`,
      containerID: `containerd://${sha(`${index} ${name}`)}`,
      started: true,
    })),
    qosClass: 'Burstable',
  };
}

function imageOf(app: string, name: string): string {
  return `registry.example/${app}/${name}:v1.2.3@sha256:${sha(
    `${app} ${name}`,
  )}`;
}

function probe(path: string): object {
  return {
    httpGet: { path, port: 8080, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

function writer(manager: string, fieldsV1: object): object {
  return {
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: STARTED,
    fieldsType: 'FieldsV1',
    fieldsV1,
  };
}

function specFields(names: string[]): object {
  const fields = [
    'image',
    'imagePullPolicy',
    'livenessProbe',
    'name',
    'ports',
    'readinessProbe',
    'resources',
    'terminationMessagePath',
  ];
  const container = Object.fromEntries(
    ['.', ...fields.map(field => `f:${field}`)].map(key => [key, {}]),
  );
  return {
    'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
    'f:spec': {
      'f:containers': Object.fromEntries(
        names.map(name => [`k:{"name":"${name}"}`, container]),
      ),
      'f:restartPolicy': {},
      'f:schedulerName': {},
    },
  };
}

function statusFields(index: number): object {
  return {
    'f:status': {
      'f:conditions': Object.fromEntries(
        CONDITIONS.map(type => [
          `k:{"type":"${type}"}`,
          { '.': {}, 'f:lastTransitionTime': {}, 'f:status': {}, 'f:type': {} },
        ]),
      ),
      'f:containerStatuses': {},
      'f:podIPs': { [`k:{"ip":"10.1.0.${index % 250}"}`]: { '.': {} } },
    },
  };
}

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function uid(text: string): string {
  const hex = sha(text);
  return [8, 4, 4, 4, 12]
    .map((length, place) => hex.slice(place * 4, place * 4 + length))
    .join('-');
}
