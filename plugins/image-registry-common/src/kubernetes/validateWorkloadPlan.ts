import type {
  FieldProblem,
  WorkloadPlan,
  WorkloadProbe,
} from '../api/workloads';
import { Reason } from '../reason';
import {
  dnsLabelProblem,
  dnsSubdomainProblem,
  envNameProblem,
  ingressHostProblem,
  portNameProblem,
  secretKeyProblem,
  serviceNameProblem,
} from './names';
import { ingressPathProblem, mountPathProblem } from './paths';
import { claimSizeProblem, quantityProblem, requestProblem } from './quantity';
import { kubernetesReason } from './reasons';

/** Of a plan, or of a form that is being filled in. */
type Plan = Omit<WorkloadPlan, 'image' | 'owner'>;

/**
 * What Kubernetes would refuse about a plan, each at its field, by the API
 * server's own rules. The form asks while one types, the backend before it
 * calls the cluster.
 */
export function validateWorkloadPlan(plan: Plan): FieldProblem[] {
  return [
    ...at(
      'name',
      plan.service ? serviceNameProblem(plan.name) : dnsLabelProblem(plan.name),
    ),
    ...at('place.namespace', dnsLabelProblem(plan.place.namespace)),
    ...at(
      'serviceAccount',
      plan.serviceAccount && dnsSubdomainProblem(plan.serviceAccount),
    ),
    ...(plan.pullSecrets ?? []).flatMap((name, index) =>
      at(`pullSecrets.${index}`, dnsSubdomainProblem(name)),
    ),
    ...at(
      'runAsUser',
      plan.restricted && plan.runAsUser === 0
        ? kubernetesReason('restricted-needs-user')
        : undefined,
    ),
    ...resourceProblems(plan),
    ...portProblems(plan),
    ...envProblems(plan),
    ...probeProblems('readiness', plan.readiness),
    ...probeProblems('liveness', plan.liveness),
    ...probeProblems('startup', plan.startup),
    ...volumeProblems(plan),
    ...exposureProblems(plan),
  ];
}

function at(path: string, reason: Reason | undefined | ''): FieldProblem[] {
  return reason ? [{ path, reason }] : [];
}

function portProblem(port: number): Reason | undefined {
  return Number.isInteger(port) && port >= 1 && port <= 65535
    ? undefined
    : kubernetesReason('port-out-of-range', { value: String(port) });
}

/** A problem at each value that stands in the list before. */
function repeated(
  values: ReadonlyArray<string | undefined>,
  pathOf: (index: number) => string,
): FieldProblem[] {
  return values.flatMap((value, index) =>
    value && values.indexOf(value) < index
      ? at(pathOf(index), kubernetesReason('value-taken', { value }))
      : [],
  );
}

function resourceProblems({ requests, limits }: Plan): FieldProblem[] {
  return (['cpu', 'memory'] as const).flatMap(resource => {
    const request = requests?.[resource];
    const limit = limits?.[resource];
    return [
      ...at(
        `requests.${resource}`,
        (request && quantityProblem(request)) || requestProblem(request, limit),
      ),
      ...at(`limits.${resource}`, limit && quantityProblem(limit)),
    ];
  });
}

function portProblems({ ports }: Plan): FieldProblem[] {
  return [
    ...ports.flatMap(({ port, name }, index) => [
      ...at(`ports.${index}.port`, portProblem(port)),
      ...at(`ports.${index}.name`, name && portNameProblem(name)),
    ]),
    ...repeated(
      ports.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`),
      index => `ports.${index}.port`,
    ),
    ...repeated(
      ports.map(({ name }) => name),
      index => `ports.${index}.name`,
    ),
  ];
}

function envProblems({ env }: Plan): FieldProblem[] {
  return [
    ...env.flatMap(({ name, value, secret }, index) => [
      ...at(`env.${index}.name`, envNameProblem(name)),
      ...at(
        `env.${index}.value`,
        value !== undefined && secret
          ? kubernetesReason('env-value-and-secret')
          : undefined,
      ),
      ...at(
        `env.${index}.secret.name`,
        secret && dnsSubdomainProblem(secret.name),
      ),
      ...at(`env.${index}.secret.key`, secret && secretKeyProblem(secret.key)),
    ]),
    ...repeated(
      env.map(({ name }) => name),
      index => `env.${index}.name`,
    ),
  ];
}

function probeProblems(
  path: string,
  probe: WorkloadProbe | undefined,
): FieldProblem[] {
  if (!probe || probe.check.type === 'command') {
    return [];
  }
  const { check } = probe;
  return [
    ...at(`${path}.check.port`, portProblem(check.port)),
    ...at(
      `${path}.check.path`,
      check.type === 'http' && check.path === ''
        ? kubernetesReason('value-required')
        : undefined,
    ),
  ];
}

function volumeProblems({ volumes }: Plan): FieldProblem[] {
  return [
    ...volumes.flatMap(({ name, mountPath, claim, create }, index) => [
      ...at(`volumes.${index}.name`, dnsLabelProblem(name)),
      ...at(`volumes.${index}.mountPath`, mountPathProblem(mountPath)),
      ...at(`volumes.${index}.claim`, dnsSubdomainProblem(claim)),
      ...at(
        `volumes.${index}.create.size`,
        create && claimSizeProblem(create.size),
      ),
      ...at(
        `volumes.${index}.create.storageClass`,
        create?.storageClass && dnsSubdomainProblem(create.storageClass),
      ),
    ]),
    ...repeated(
      volumes.map(({ name }) => name),
      index => `volumes.${index}.name`,
    ),
    ...repeated(
      volumes.map(({ mountPath }) => mountPath),
      index => `volumes.${index}.mountPath`,
    ),
    ...repeated(
      volumes.map(({ claim, create }) => (create ? claim : undefined)),
      index => `volumes.${index}.claim`,
    ),
  ];
}

function exposureProblems({ service, ingress, ports }: Plan): FieldProblem[] {
  const listens = ports.some(({ port }) => port === ingress?.port);
  return [
    ...at(
      'service',
      service && ports.length === 0
        ? kubernetesReason('service-needs-port')
        : undefined,
    ),
    ...(ingress
      ? [
          ...at(
            'ingress',
            service ? undefined : kubernetesReason('ingress-needs-service'),
          ),
          ...at(
            'ingress.host',
            ingress.host && ingressHostProblem(ingress.host),
          ),
          ...at('ingress.path', ingressPathProblem(ingress.path)),
          ...at(
            'ingress.port',
            listens
              ? undefined
              : kubernetesReason('port-unknown', {
                  value: String(ingress.port),
                }),
          ),
          ...at(
            'ingress.className',
            ingress.className && dnsSubdomainProblem(ingress.className),
          ),
          ...at('ingress.tlsSecret', tlsProblem(ingress)),
        ]
      : []),
  ];
}

function tlsProblem({
  host,
  tlsSecret,
}: NonNullable<Plan['ingress']>): Reason | undefined {
  if (!tlsSecret) {
    return undefined;
  }
  return host
    ? dnsSubdomainProblem(tlsSecret)
    : kubernetesReason('tls-needs-host');
}
