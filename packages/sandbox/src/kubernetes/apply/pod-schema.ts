import {
  Schema,
  atomic,
  atomicMap,
  boolean,
  listByKey,
  listOf,
  mapOf,
  number,
  scalar,
  setOf,
  string,
  struct,
  untyped,
} from './schema';

export const objectMeta = struct({
  name: string,
  generateName: string,
  namespace: string,
  uid: string,
  resourceVersion: string,
  selfLink: string,
  generation: number,
  creationTimestamp: string,
  deletionTimestamp: string,
  deletionGracePeriodSeconds: number,
  labels: mapOf(string),
  annotations: mapOf(string),
  finalizers: setOf(string),
  ownerReferences: listByKey(
    atomic({
      apiVersion: string,
      kind: string,
      name: string,
      uid: string,
      controller: boolean,
      blockOwnerDeletion: boolean,
    }),
    ['uid'],
  ),
  managedFields: listOf(untyped),
});

export const labelSelector = atomic({
  matchLabels: mapOf(string),
  matchExpressions: listOf(
    struct({ key: string, operator: string, values: listOf(string) }),
  ),
});

const httpHeader = struct({ name: string, value: string });

const httpGet = struct({
  path: string,
  port: scalar,
  host: string,
  scheme: string,
  httpHeaders: listOf(httpHeader),
});

const probe = struct({
  httpGet,
  exec: struct({ command: listOf(string) }),
  tcpSocket: struct({ port: scalar, host: string }),
  grpc: struct({ port: number, service: string }),
  initialDelaySeconds: number,
  timeoutSeconds: number,
  periodSeconds: number,
  successThreshold: number,
  failureThreshold: number,
  terminationGracePeriodSeconds: number,
});

const lifecycleHandler = struct({
  exec: struct({ command: listOf(string) }),
  httpGet,
  tcpSocket: struct({ port: scalar, host: string }),
  sleep: struct({ seconds: number }),
});

const keySelector = atomic({ name: string, key: string, optional: boolean });

const environmentVariable = struct({
  name: string,
  value: string,
  valueFrom: struct({
    secretKeyRef: keySelector,
    configMapKeyRef: keySelector,
    fieldRef: atomic({ apiVersion: string, fieldPath: string }),
    resourceFieldRef: atomic({
      containerName: string,
      resource: string,
      divisor: scalar,
    }),
    fileKeyRef: untyped,
  }),
});

const container = struct({
  name: string,
  image: string,
  imagePullPolicy: string,
  command: listOf(string),
  args: listOf(string),
  workingDir: string,
  ports: listByKey(
    struct({
      name: string,
      containerPort: number,
      hostPort: number,
      hostIP: string,
      protocol: string,
    }),
    ['containerPort', 'protocol'],
    { protocol: 'TCP' },
  ),
  env: listByKey(environmentVariable, ['name']),
  envFrom: listOf(untyped),
  resources: struct({
    limits: mapOf(scalar),
    requests: mapOf(scalar),
    claims: listByKey(struct({ name: string, request: string }), ['name']),
  }),
  resizePolicy: listOf(untyped),
  restartPolicy: string,
  restartPolicyRules: listOf(untyped),
  volumeMounts: listByKey(
    struct({
      name: string,
      mountPath: string,
      subPath: string,
      subPathExpr: string,
      readOnly: boolean,
      recursiveReadOnly: string,
      mountPropagation: string,
    }),
    ['mountPath'],
  ),
  volumeDevices: listByKey(struct({ name: string, devicePath: string }), [
    'devicePath',
  ]),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: struct({
    postStart: lifecycleHandler,
    preStop: lifecycleHandler,
    stopSignal: string,
  }),
  terminationMessagePath: string,
  terminationMessagePolicy: string,
  securityContext: untyped,
  stdin: boolean,
  stdinOnce: boolean,
  tty: boolean,
});

const containers = listByKey(container, ['name']);

const podSpec = struct({
  containers,
  initContainers: containers,
  ephemeralContainers: listOf(untyped),
  volumes: listByKey(untyped, ['name']),
  imagePullSecrets: listByKey(atomic({ name: string }), ['name']),
  restartPolicy: string,
  terminationGracePeriodSeconds: number,
  activeDeadlineSeconds: number,
  dnsPolicy: string,
  dnsConfig: untyped,
  nodeSelector: atomicMap(string),
  nodeName: string,
  serviceAccountName: string,
  serviceAccount: string,
  automountServiceAccountToken: boolean,
  hostNetwork: boolean,
  hostPID: boolean,
  hostIPC: boolean,
  hostUsers: boolean,
  hostname: string,
  hostnameOverride: string,
  subdomain: string,
  setHostnameAsFQDN: boolean,
  shareProcessNamespace: boolean,
  securityContext: untyped,
  affinity: untyped,
  schedulerName: string,
  schedulingGates: listByKey(struct({ name: string }), ['name']),
  tolerations: listOf(untyped),
  hostAliases: listByKey(struct({ ip: string, hostnames: listOf(string) }), [
    'ip',
  ]),
  priorityClassName: string,
  priority: number,
  preemptionPolicy: string,
  readinessGates: listOf(untyped),
  runtimeClassName: string,
  enableServiceLinks: boolean,
  overhead: mapOf(scalar),
  topologySpreadConstraints: listByKey(untyped, [
    'topologyKey',
    'whenUnsatisfiable',
  ]),
  os: struct({ name: string }),
  resources: untyped,
  resourceClaims: listByKey(untyped, ['name']),
});

export const podTemplate = struct({ metadata: objectMeta, spec: podSpec });

const condition = struct({
  type: string,
  status: string,
  reason: string,
  message: string,
  observedGeneration: number,
  lastProbeTime: string,
  lastUpdateTime: string,
  lastTransitionTime: string,
});

export const conditions = listByKey(condition, ['type']);

/** A status: conditions are told apart by type, the rest is not described. */
export function statusWith(fields: { [name: string]: Schema }): Schema {
  return struct({ conditions, ...fields });
}

const address = struct({ ip: string });

export const pod = struct({
  apiVersion: string,
  kind: string,
  metadata: objectMeta,
  spec: podSpec,
  status: statusWith({
    observedGeneration: number,
    phase: string,
    hostIP: string,
    hostIPs: listOf(address),
    podIP: string,
    podIPs: listByKey(address, ['ip']),
    startTime: string,
    containerStatuses: listOf(untyped),
    initContainerStatuses: listOf(untyped),
    qosClass: string,
    reason: string,
    message: string,
    resources: untyped,
  }),
});
