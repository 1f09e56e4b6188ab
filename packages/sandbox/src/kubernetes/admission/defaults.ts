import { AnyObject, Container, PodSpec, PodTemplate } from '../objects';
import { ResourceKind } from '../resources/kinds';
import { claimDefaults } from './claims';
import { serviceDefaults } from './exposure';

type Fields = { [name: string]: unknown };

/**
 * Fills what the API server fills, in the order in which it prints it
 * (recorded: 01c, 06). Returns a new object.
 */
export function withDefaults(
  resource: ResourceKind,
  object: AnyObject,
): AnyObject {
  const spec = (object.spec ?? {}) as Fields;
  switch (resource.kind) {
    case 'Deployment':
      return {
        ...object,
        spec: {
          replicas: 1,
          ...spec,
          template: templateDefaults(spec.template),
          strategy: strategyDefaults(spec.strategy),
          revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
          progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
        },
        status: object.status ?? {},
      };
    case 'ReplicaSet':
      return {
        ...object,
        spec: {
          replicas: 1,
          ...spec,
          template: templateDefaults(spec.template),
        },
        status: object.status ?? { replicas: 0 },
      };
    case 'StatefulSet':
      return statefulSetDefaults(object, spec);
    case 'DaemonSet':
      return daemonSetDefaults(object, spec);
    case 'CronJob':
      return cronJobDefaults(object, spec);
    case 'Rollout':
      // Its definition has no defaults; the controller fills them in for itself.
      return { ...object, status: object.status ?? {} };
    case 'Pod':
      return {
        ...object,
        spec: {
          ...podSpecDefaults(object.spec as PodSpec | undefined),
          serviceAccountName: spec.serviceAccountName ?? 'default',
          serviceAccount: spec.serviceAccountName ?? 'default',
          enableServiceLinks: spec.enableServiceLinks ?? true,
        },
        status: object.status ?? { phase: 'Pending', qosClass: 'BestEffort' },
      };
    case 'Secret':
      return secretDefaults(object);
    case 'Service':
      return serviceDefaults(object);
    case 'PersistentVolumeClaim':
      return claimDefaults(object);
    case 'Namespace':
      return {
        ...object,
        metadata: {
          ...object.metadata,
          labels: {
            ...object.metadata.labels,
            'kubernetes.io/metadata.name': object.metadata.name,
          },
        },
        spec: { finalizers: ['kubernetes'], ...spec },
        status: object.status ?? { phase: 'Active' },
      };
    default:
      return object;
  }
}

function strategyDefaults(given: unknown): Fields {
  const strategy = (given ?? {}) as Fields;
  const type = strategy.type ?? 'RollingUpdate';
  if (type !== 'RollingUpdate') {
    return { ...strategy, type };
  }
  return {
    type,
    rollingUpdate: {
      maxUnavailable: '25%',
      maxSurge: '25%',
      ...(strategy.rollingUpdate as Fields | undefined),
    },
  };
}

function statefulSetDefaults(object: AnyObject, spec: Fields): AnyObject {
  const strategy = (spec.updateStrategy ?? {}) as Fields;
  const type = strategy.type ?? 'RollingUpdate';
  return {
    ...object,
    spec: {
      replicas: 1,
      ...spec,
      template: templateDefaults(spec.template),
      podManagementPolicy: spec.podManagementPolicy ?? 'OrderedReady',
      updateStrategy:
        type === 'RollingUpdate'
          ? {
              type,
              rollingUpdate: {
                partition: 0,
                ...(strategy.rollingUpdate as Fields | undefined),
              },
            }
          : { ...strategy, type },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      persistentVolumeClaimRetentionPolicy:
        spec.persistentVolumeClaimRetentionPolicy ?? {
          whenDeleted: 'Retain',
          whenScaled: 'Retain',
        },
    },
    status: object.status ?? { replicas: 0, availableReplicas: 0 },
  };
}

function daemonSetDefaults(object: AnyObject, spec: Fields): AnyObject {
  const strategy = (spec.updateStrategy ?? {}) as Fields;
  const type = strategy.type ?? 'RollingUpdate';
  return {
    ...object,
    spec: {
      ...spec,
      template: templateDefaults(spec.template),
      updateStrategy:
        type === 'RollingUpdate'
          ? {
              type,
              rollingUpdate: {
                maxUnavailable: 1,
                maxSurge: 0,
                ...(strategy.rollingUpdate as Fields | undefined),
              },
            }
          : { ...strategy, type },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    },
    status: object.status ?? {
      currentNumberScheduled: 0,
      numberMisscheduled: 0,
      desiredNumberScheduled: 0,
      numberReady: 0,
    },
  };
}

function cronJobDefaults(object: AnyObject, spec: Fields): AnyObject {
  const jobTemplate = (spec.jobTemplate ?? {}) as Fields;
  const jobSpec = (jobTemplate.spec ?? {}) as Fields;
  return {
    ...object,
    spec: {
      ...spec,
      concurrencyPolicy: spec.concurrencyPolicy ?? 'Allow',
      suspend: spec.suspend ?? false,
      jobTemplate: {
        metadata: {},
        ...jobTemplate,
        spec: { ...jobSpec, template: templateDefaults(jobSpec.template) },
      },
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
    },
    status: object.status ?? {},
  };
}

/** stringData is a way to write data; it is never read back. */
function secretDefaults(object: AnyObject): AnyObject {
  const { stringData, type, ...rest } = object;
  const encoded = Object.entries((stringData ?? {}) as Fields).map(
    ([key, value]) => [key, Buffer.from(String(value)).toString('base64')],
  );
  const data = { ...(object.data as Fields), ...Object.fromEntries(encoded) };
  const hasData = object.data !== undefined || stringData !== undefined;
  return {
    ...rest,
    ...(hasData && { data }),
    type: type ?? 'Opaque',
  } as AnyObject;
}

function templateDefaults(given: unknown): PodTemplate {
  const template = (given ?? {}) as Partial<PodTemplate>;
  return {
    ...template,
    metadata: template.metadata ?? {},
    spec: podSpecDefaults(template.spec),
  };
}

function podSpecDefaults(spec: PodSpec | undefined): PodSpec {
  const { containers, initContainers, ...rest } = spec ?? { containers: [] };
  return {
    ...rest,
    ...(initContainers && {
      initContainers: initContainers.map(containerDefaults),
    }),
    ...(containers && { containers: containers.map(containerDefaults) }),
    restartPolicy: rest.restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: rest.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: rest.dnsPolicy ?? 'ClusterFirst',
    securityContext: rest.securityContext ?? {},
    schedulerName: rest.schedulerName ?? 'default-scheduler',
  } as PodSpec;
}

function containerDefaults(container: Container): Container {
  const result: Container = {
    ...container,
    resources: container.resources ?? {},
    terminationMessagePath:
      container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    imagePullPolicy:
      container.imagePullPolicy ?? defaultPullPolicy(container.image),
  };
  for (const name of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
    if (result[name]) {
      result[name] = probeDefaults(result[name] as Fields);
    }
  }
  if (Array.isArray(result.ports)) {
    result.ports = result.ports.map(port => ({ protocol: 'TCP', ...port }));
  }
  return result;
}

function probeDefaults(probe: Fields): Fields {
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...probe,
    ...(probe.httpGet !== undefined && {
      httpGet: { scheme: 'HTTP', ...(probe.httpGet as Fields) },
    }),
  };
}

/** Always for `latest` and untagged images that name no digest. */
function defaultPullPolicy(image: string | undefined): string {
  const name = image ?? '';
  const tag = /:([^/:@]+)(?:@|$)/.exec(name)?.[1];
  const moving = tag === 'latest' || (!tag && !name.includes('@'));
  return moving ? 'Always' : 'IfNotPresent';
}
