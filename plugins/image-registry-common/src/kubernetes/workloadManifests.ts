import {
  KUBERNETES_ID_ANNOTATION,
  WORKLOAD_COMPONENT_ANNOTATION,
} from '../annotations';
import type {
  WorkloadPlan,
  WorkloadPort,
  WorkloadProbe,
} from '../api/workloads';
import { PORTAL_FIELD_MANAGER } from '../fieldManager';
import {
  claimSpec,
  claimVolume,
  hasExclusiveVolume,
  volumeMount,
} from './volumeManifests';

/** A Kubernetes object as it is applied. */
export interface Manifest {
  apiVersion: string;
  kind: 'PersistentVolumeClaim' | 'Deployment' | 'Service' | 'Ingress';
  metadata: {
    name: string;
    namespace: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: object;
}

/** Of a plan, what its objects are made of. */
export type ManifestPlan = Omit<WorkloadPlan, 'image' | 'owner'>;

/** What a plan becomes, beside the form. */
export interface ManifestDetails {
  /** Full reference: `host/repository:tag@sha256:…`. */
  image: string;
  /** Reference of the component in the catalog. */
  entityRef: string;
  /** What the component finds its workloads by; the plan's name when absent. */
  kubernetesId?: string;
}

/** The label that the objects of one component share and pods are found by. */
const NAME_LABEL = 'app.kubernetes.io/name';
/** Says who keeps an object; the portal on those that it makes. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/**
 * The objects of a plan, in the order in which they are made: what others
 * need comes first. The same plan gives the same objects.
 */
export function workloadManifests(
  plan: ManifestPlan,
  details: ManifestDetails,
): Manifest[] {
  return [
    ...claims(plan, details),
    deployment(plan, details),
    ...(plan.service ? [service(plan, details)] : []),
    ...(plan.ingress ? [ingress(plan, plan.ingress, details)] : []),
  ];
}

/** Name of a port, also where the form has none. */
export function portName({
  name,
  port,
  protocol = 'TCP',
}: WorkloadPort): string {
  return name ? name : `${protocol.toLowerCase()}-${port}`;
}

function metadata(
  { name, place }: ManifestPlan,
  { entityRef, kubernetesId = name }: ManifestDetails,
  objectName: string = name,
): Manifest['metadata'] {
  return {
    name: objectName,
    namespace: place.namespace,
    labels: {
      [NAME_LABEL]: name,
      [MANAGED_BY_LABEL]: PORTAL_FIELD_MANAGER,
      [KUBERNETES_ID_ANNOTATION]: kubernetesId,
    },
    annotations: { [WORKLOAD_COMPONENT_ANNOTATION]: entityRef },
  };
}

function claims(plan: ManifestPlan, details: ManifestDetails): Manifest[] {
  return plan.volumes.flatMap(({ claim, create }) =>
    create
      ? [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim' as const,
            metadata: metadata(plan, details, claim),
            spec: claimSpec(create),
          },
        ]
      : [],
  );
}

function deployment(plan: ManifestPlan, details: ManifestDetails): Manifest {
  const { name, replicas } = plan;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(plan, details),
    spec: {
      replicas,
      selector: { matchLabels: { [NAME_LABEL]: name } },
      // Two pods cannot hold a volume that one node at a time may mount.
      ...(hasExclusiveVolume(plan.volumes) && {
        strategy: { type: 'Recreate' },
      }),
      template: {
        metadata: { labels: metadata(plan, details).labels },
        spec: podSpec(plan, details),
      },
    },
  };
}

function podSpec(plan: ManifestPlan, details: ManifestDetails): object {
  const { architecture, serviceAccount, pullSecrets = [], volumes } = plan;
  return {
    ...(serviceAccount && { serviceAccountName: serviceAccount }),
    ...(pullSecrets.length > 0 && {
      imagePullSecrets: pullSecrets.map(name => ({ name })),
    }),
    ...(architecture && {
      nodeSelector: { 'kubernetes.io/arch': architecture },
    }),
    ...(plan.restricted && {
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    }),
    containers: [container(plan, details)],
    ...(volumes.length > 0 && {
      volumes: volumes.map(claimVolume),
    }),
  };
}

function container(plan: ManifestPlan, { image }: ManifestDetails): object {
  const { ports, env, volumes, requests, limits } = plan;
  const securityContext = {
    ...(plan.runAsUser !== undefined && { runAsUser: plan.runAsUser }),
    ...(plan.restricted && {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    }),
  };
  return {
    name: plan.name,
    image,
    ...filled('command', plan.command),
    ...filled('args', plan.arguments),
    ...filled('ports', ports.map(containerPort)),
    ...filled('env', env.map(environmentVariable)),
    ...((requests || limits) && {
      resources: { ...(requests && { requests }), ...(limits && { limits }) },
    }),
    ...(plan.readiness && { readinessProbe: containerProbe(plan.readiness) }),
    ...(plan.liveness && { livenessProbe: containerProbe(plan.liveness) }),
    ...(plan.startup && { startupProbe: containerProbe(plan.startup) }),
    ...filled('volumeMounts', volumes.map(volumeMount)),
    ...(Object.keys(securityContext).length > 0 && { securityContext }),
  };
}

function filled(field: string, list: readonly unknown[] | undefined): object {
  return list && list.length > 0 ? { [field]: list } : {};
}

/** A port as a container lists it. */
export function containerPort(port: WorkloadPort): object {
  return {
    name: portName(port),
    containerPort: port.port,
    protocol: port.protocol ?? 'TCP',
  };
}

/** A variable as a container lists it. */
export function environmentVariable({
  name,
  value,
  secret,
}: WorkloadPlan['env'][number]): object {
  return secret
    ? { name, valueFrom: { secretKeyRef: secret } }
    : { name, value: value ?? '' };
}

/** A probe as a container has it. */
export function containerProbe(given: WorkloadProbe): object {
  const { check } = given;
  return {
    ...(check.type === 'http' && {
      httpGet: { path: check.path, port: check.port },
    }),
    ...(check.type === 'tcp' && { tcpSocket: { port: check.port } }),
    ...(check.type === 'command' && { exec: { command: check.command } }),
    ...seconds('initialDelaySeconds', given.initialDelay),
    ...seconds('periodSeconds', given.period),
    ...seconds('timeoutSeconds', given.timeout),
    ...seconds('failureThreshold', given.failureThreshold),
  };
}

function seconds(field: string, value: number | undefined): object {
  return value === undefined ? {} : { [field]: value };
}

function service(plan: ManifestPlan, details: ManifestDetails): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(plan, details),
    spec: {
      selector: { [NAME_LABEL]: plan.name },
      ports: plan.ports.map(servicePort),
    },
  };
}

/** A port of the container as its Service offers it. */
export function servicePort(port: WorkloadPort): object {
  return {
    name: portName(port),
    port: port.port,
    protocol: port.protocol ?? 'TCP',
    targetPort: portName(port),
  };
}

function ingress(
  plan: ManifestPlan,
  {
    host,
    path,
    port,
    className,
    tlsSecret,
  }: NonNullable<WorkloadPlan['ingress']>,
  details: ManifestDetails,
): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(plan, details),
    spec: {
      ...(className && { ingressClassName: className }),
      ...(tlsSecret && { tls: [{ hosts: [host], secretName: tlsSecret }] }),
      rules: [
        {
          ...(host && { host }),
          http: {
            paths: [
              {
                path,
                pathType: 'Prefix',
                backend: {
                  service: { name: plan.name, port: { number: port } },
                },
              },
            ],
          },
        },
      ],
    },
  };
}
