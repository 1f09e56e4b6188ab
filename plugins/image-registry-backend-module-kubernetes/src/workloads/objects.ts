/**
 * Kubernetes objects as the API sends them, as far as they are read here.
 * Counts of zero are left out by the API, so all counts are optional.
 */

/** Who wrote which fields. */
export interface ManagedFieldsEntry {
  manager?: string;
  operation?: string;
  subresource?: string;
  /** RFC 3339. */
  time?: string;
  fieldsV1?: FieldsV1;
}

/** Tree of fields; keys are `f:name` or `k:{"name":"web"}`. */
export interface FieldsV1 {
  [key: string]: FieldsV1;
}

export interface OwnerReference {
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
}

export interface ObjectMeta {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
}

export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
}

export interface KubernetesList<T> {
  metadata: { resourceVersion?: string; continue?: string };
  items: T[];
}

export interface Container {
  name: string;
  image?: string;
  readinessProbe?: object;
  resources?: {
    requests?: Record<string, string>;
    limits?: Record<string, string>;
  };
}

export interface PodSpec {
  containers?: Container[] | null;
  initContainers?: Container[] | null;
  imagePullSecrets?: Array<{ name?: string }>;
  serviceAccountName?: string;
  nodeSelector?: Record<string, string>;
  affinity?: {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms?: NodeSelectorTerm[];
      };
    };
  };
  tolerations?: Toleration[];
}

/** One of several: a node fits when it meets all of it. */
export interface NodeSelectorTerm {
  matchExpressions?: NodeRequirement[];
  matchFields?: NodeRequirement[];
}

export interface NodeRequirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: Array<{
    key: string;
    operator: string;
    values?: string[];
  }>;
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** Any of the kinds; each kind's file reads its own fields. */
export interface WorkloadObject extends KubernetesObject {
  spec: WorkloadSpec;
  status?: WorkloadStatus;
  /** What `spec.workloadRef` names; read apart and no field of the API. */
  referenced?: WorkloadObject;
}

export interface WorkloadSpec {
  replicas?: number;
  paused?: boolean;
  minReadySeconds?: number;
  selector?: LabelSelector | null;
  template?: { spec?: PodSpec };
  updateStrategy?: {
    type?: string;
    rollingUpdate?: { partition?: number };
  };
  jobTemplate?: { spec?: { template?: { spec?: PodSpec } } };
  suspend?: boolean;
  schedule?: string;
  /** Of StatefulSets; default `OrderedReady`. */
  podManagementPolicy?: string;
  /** Of StatefulSets: the number of the first pod; default 0. */
  ordinals?: { start?: number };
  /** Where a Rollout of Argo has its template from, if not from itself. */
  workloadRef?: { apiVersion?: string; kind?: string; name?: string };
}

export interface WorkloadStatus {
  /** A text in Rollouts of Argo. */
  observedGeneration?: number | string;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  currentRevision?: string;
  updateRevision?: string;
  desiredNumberScheduled?: number;
  updatedNumberScheduled?: number;
  numberReady?: number;
  numberAvailable?: number;
  active?: object[];
  conditions?: Condition[];
  /** From here on: of a Rollout of Argo. */
  workloadObservedGeneration?: string;
  phase?: string;
  message?: string;
  abort?: boolean;
  stableRS?: string;
  currentPodHash?: string;
}

export interface ReplicaSetObject extends KubernetesObject {
  spec?: { template?: { spec?: PodSpec } };
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    reason?: string;
    message?: string;
    exitCode?: number;
    startedAt?: string;
    finishedAt?: string;
  };
}

export interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  image?: string;
  imageID?: string;
  state?: ContainerState;
  lastState?: ContainerState;
}

export interface PodObject extends KubernetesObject {
  spec: PodSpec;
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    startTime?: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}
