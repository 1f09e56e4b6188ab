import { ResourceKind } from '../resources/kinds';
import * as kinds from '../resources/kinds';
import {
  labelSelector,
  objectMeta,
  pod,
  podTemplate,
  statusWith,
} from './pod-schema';
import {
  Schema,
  boolean,
  listByKey,
  listOf,
  mapOf,
  number,
  scalar,
  string,
  struct,
  untyped,
} from './schema';

function objectOf(fields: { [name: string]: Schema }): Schema {
  return struct({
    apiVersion: string,
    kind: string,
    metadata: objectMeta,
    ...fields,
  });
}

const replicaCounts = {
  observedGeneration: number,
  replicas: number,
  readyReplicas: number,
  availableReplicas: number,
  terminatingReplicas: number,
};

const surge = struct({ maxUnavailable: scalar, maxSurge: scalar });

const reference = struct({
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  uid: string,
  resourceVersion: string,
  fieldPath: string,
});
reference.atomic = true;

const SCHEMAS = new Map<ResourceKind, Schema>([
  [
    kinds.deployments,
    objectOf({
      spec: struct({
        replicas: number,
        selector: labelSelector,
        template: podTemplate,
        strategy: struct({ type: string, rollingUpdate: surge }),
        minReadySeconds: number,
        revisionHistoryLimit: number,
        paused: boolean,
        progressDeadlineSeconds: number,
      }),
      status: statusWith({
        ...replicaCounts,
        updatedReplicas: number,
        unavailableReplicas: number,
        collisionCount: number,
      }),
    }),
  ],
  [
    kinds.replicaSets,
    objectOf({
      spec: struct({
        replicas: number,
        minReadySeconds: number,
        selector: labelSelector,
        template: podTemplate,
      }),
      status: statusWith({ ...replicaCounts, fullyLabeledReplicas: number }),
    }),
  ],
  [
    kinds.statefulSets,
    objectOf({
      spec: struct({
        replicas: number,
        selector: labelSelector,
        template: podTemplate,
        serviceName: string,
        podManagementPolicy: string,
        updateStrategy: struct({
          type: string,
          rollingUpdate: struct({ partition: number, maxUnavailable: scalar }),
        }),
        revisionHistoryLimit: number,
        minReadySeconds: number,
        ordinals: struct({ start: number }),
        persistentVolumeClaimRetentionPolicy: struct({
          whenDeleted: string,
          whenScaled: string,
        }),
        volumeClaimTemplates: listOf(untyped),
      }),
      status: statusWith({
        ...replicaCounts,
        currentReplicas: number,
        updatedReplicas: number,
        currentRevision: string,
        updateRevision: string,
        collisionCount: number,
      }),
    }),
  ],
  [
    kinds.daemonSets,
    objectOf({
      spec: struct({
        selector: labelSelector,
        template: podTemplate,
        updateStrategy: struct({ type: string, rollingUpdate: surge }),
        minReadySeconds: number,
        revisionHistoryLimit: number,
      }),
      status: statusWith({
        currentNumberScheduled: number,
        numberMisscheduled: number,
        desiredNumberScheduled: number,
        numberReady: number,
        observedGeneration: number,
        updatedNumberScheduled: number,
        numberAvailable: number,
        numberUnavailable: number,
        collisionCount: number,
      }),
    }),
  ],
  [
    kinds.cronJobs,
    objectOf({
      spec: struct({
        schedule: string,
        timeZone: string,
        startingDeadlineSeconds: number,
        concurrencyPolicy: string,
        suspend: boolean,
        successfulJobsHistoryLimit: number,
        failedJobsHistoryLimit: number,
        jobTemplate: struct({
          metadata: objectMeta,
          spec: struct({
            template: podTemplate,
            selector: labelSelector,
            parallelism: number,
            completions: number,
            completionMode: string,
            backoffLimit: number,
            backoffLimitPerIndex: number,
            maxFailedIndexes: number,
            activeDeadlineSeconds: number,
            ttlSecondsAfterFinished: number,
            suspend: boolean,
            manualSelector: boolean,
            podFailurePolicy: untyped,
            successPolicy: untyped,
            podReplacementPolicy: string,
            managedBy: string,
          }),
        }),
      }),
      status: untyped,
    }),
  ],
  [
    kinds.rollouts,
    objectOf({
      spec: struct({
        replicas: number,
        selector: labelSelector,
        template: podTemplate,
        workloadRef: struct({
          apiVersion: string,
          kind: string,
          name: string,
          scaleDown: string,
        }),
        strategy: untyped,
        minReadySeconds: number,
        revisionHistoryLimit: number,
        paused: boolean,
        progressDeadlineSeconds: number,
        progressDeadlineAbort: boolean,
        restartAt: string,
        analysis: untyped,
        rollbackWindow: untyped,
      }),
      status: untyped,
    }),
  ],
  [kinds.pods, pod],
  [
    kinds.secrets,
    objectOf({
      type: string,
      data: mapOf(string),
      stringData: mapOf(string),
      immutable: boolean,
    }),
  ],
  [
    kinds.configMaps,
    objectOf({
      data: mapOf(string),
      binaryData: mapOf(string),
      immutable: boolean,
    }),
  ],
  [
    kinds.services,
    objectOf({
      spec: struct({
        type: string,
        clusterIP: string,
        clusterIPs: listOf(string),
        selector: mapOf(string),
        sessionAffinity: string,
        ports: listByKey(
          struct({
            name: string,
            port: number,
            protocol: string,
            targetPort: scalar,
            nodePort: number,
            appProtocol: string,
          }),
          ['port', 'protocol'],
          { protocol: 'TCP' },
        ),
      }),
      status: untyped,
    }),
  ],
  [
    kinds.persistentVolumeClaims,
    objectOf({
      spec: struct({
        accessModes: listOf(string),
        resources: untyped,
        storageClassName: string,
        volumeMode: string,
        volumeName: string,
        selector: labelSelector,
      }),
      status: untyped,
    }),
  ],
  [
    kinds.ingresses,
    objectOf({
      spec: struct({
        ingressClassName: string,
        defaultBackend: untyped,
        tls: listOf(untyped),
        rules: listOf(untyped),
      }),
      status: untyped,
    }),
  ],
  [
    kinds.resourceQuotas,
    objectOf({
      spec: struct({
        hard: mapOf(scalar),
        scopes: listOf(string),
        scopeSelector: untyped,
      }),
      status: untyped,
    }),
  ],
  [
    kinds.serviceAccounts,
    objectOf({
      imagePullSecrets: listOf(struct({ name: string })),
      secrets: listByKey(untyped, ['name']),
      automountServiceAccountToken: boolean,
    }),
  ],
  [
    kinds.events,
    objectOf({
      involvedObject: reference,
      related: reference,
      reason: string,
      message: string,
      source: struct({ component: string, host: string }),
      firstTimestamp: string,
      lastTimestamp: string,
      count: number,
      type: string,
      eventTime: string,
      action: string,
      series: untyped,
      reportingComponent: string,
      reportingInstance: string,
    }),
  ],
]);

/** Schema of a kind; kinds without one merge as their JSON looks. */
export function schemaOf(resource: ResourceKind): Schema {
  return SCHEMAS.get(resource) ?? untyped;
}
