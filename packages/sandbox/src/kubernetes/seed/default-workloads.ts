import { JsonObject } from '../objects';

/** An object of the cluster's beginning, and who is said to have made it. */
export interface SeedObject {
  /** For example `helm`: the portal's first apply conflicts with it. */
  fieldManager: string;
  object: JsonObject;
}

const COMPONENT_LABEL = 'backstage.io/kubernetes-id';

/**
 * What runs in the sandbox from the start: web, api and worker in
 * development, staging and production, made by Helm and by kubectl.
 *
 * @param registryHost - host and port of the sandbox registry, such as
 *   `127.0.0.1:5001`
 */
export function defaultWorkloads(registryHost: string): SeedObject[] {
  const image = (name: string) => `${registryHost}/demo/${name}`;
  const helm = (namespace: string, workload: Workload): SeedObject => ({
    fieldManager: 'helm',
    object: helmOwned(manifest(namespace, workload)),
  });
  const kubectl = (namespace: string, workload: Workload): SeedObject => ({
    fieldManager: 'kubectl',
    object: manifest(namespace, workload),
  });
  return [
    ...['shop-dev', 'shop-staging', 'shop-prod'].map(namespaceObject),
    kubectl('shop-dev', deployment('web', image('web:v1.3.0'), 1)),
    kubectl('shop-dev', deployment('api', image('api:v2.3.0'), 1)),
    kubectl('shop-staging', deployment('web', image('web:v1.2.0'), 2)),
    kubectl('shop-staging', deployment('api', image('api:v2.2.0'), 2)),
    kubectl('shop-staging', statefulSet('worker', image('worker:2026.10'), 2)),
    helm('shop-prod', deployment('web', image('web:v1.2.0'), 3)),
    helm('shop-prod', deployment('api', image('api:v2.1.0'), 3)),
    helm('shop-prod', deployment('worker', image('worker:2026.08'), 2)),
    helm(
      'shop-prod',
      cronJob('worker-report', 'worker', image('worker:2026.08')),
    ),
  ];
}

interface Workload {
  kind: 'Deployment' | 'StatefulSet' | 'CronJob';
  name: string;
  component: string;
  spec: JsonObject;
}

function namespaceObject(name: string): SeedObject {
  return {
    fieldManager: 'kubectl',
    object: { kind: 'Namespace', apiVersion: 'v1', metadata: { name } },
  };
}

function manifest(namespace: string, workload: Workload): JsonObject {
  return {
    kind: workload.kind,
    apiVersion: workload.kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    metadata: {
      name: workload.name,
      namespace,
      labels: {
        'app.kubernetes.io/name': workload.name,
        [COMPONENT_LABEL]: workload.component,
      },
    },
    spec: workload.spec,
  };
}

function helmOwned(object: JsonObject): JsonObject {
  const metadata = object.metadata as JsonObject;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: {
        ...(metadata.labels as JsonObject),
        'app.kubernetes.io/managed-by': 'Helm',
      },
      annotations: {
        'meta.helm.sh/release-name': 'shop',
        'meta.helm.sh/release-namespace': metadata.namespace,
      },
    },
  };
}

function deployment(name: string, image: string, replicas: number): Workload {
  return {
    kind: 'Deployment',
    name,
    component: name,
    spec: {
      replicas,
      selector: selectorOf(name),
      progressDeadlineSeconds: 60,
      template: templateOf(name, image),
    },
  };
}

function statefulSet(name: string, image: string, replicas: number): Workload {
  return {
    kind: 'StatefulSet',
    name,
    component: name,
    spec: {
      replicas,
      serviceName: name,
      selector: selectorOf(name),
      template: templateOf(name, image),
    },
  };
}

function cronJob(name: string, component: string, image: string): Workload {
  const { metadata, spec } = templateOf(component, image);
  return {
    kind: 'CronJob',
    name,
    component,
    spec: {
      schedule: '0 6 * * *',
      jobTemplate: {
        spec: {
          template: {
            metadata,
            spec: { ...(spec as JsonObject), restartPolicy: 'OnFailure' },
          },
        },
      },
    },
  };
}

function selectorOf(name: string): JsonObject {
  return { matchLabels: { 'app.kubernetes.io/name': name } };
}

function templateOf(name: string, image: string): JsonObject {
  return {
    metadata: {
      labels: { 'app.kubernetes.io/name': name, [COMPONENT_LABEL]: name },
    },
    spec: {
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          name,
          image,
          ports: [{ containerPort: 8080 }],
          readinessProbe: {
            httpGet: { path: '/healthz', port: 8080 },
            periodSeconds: 1,
          },
        },
      ],
    },
  };
}
