import {
  SettingsEnv,
  WorkloadPort,
  WorkloadProbe,
  WorkloadSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DeploymentObject,
  EditedContainer,
  EnvObject,
  PortObject,
  ProbeObject,
} from './DeploymentObject';
import { volumesOf } from './volumes';

/** The settings of a Deployment alone, without what is made beside it. */
export type DeploymentSettings = Omit<WorkloadSettings, 'service' | 'ingress'>;

/** The settings of one container of a Deployment, without values. */
export function settingsOf(
  { spec }: DeploymentObject,
  name: string,
): DeploymentSettings {
  const container = containerOf(spec, name);
  const { requests, limits } = container?.resources ?? {};
  return {
    replicas: spec.replicas ?? 1,
    ...amounts('requests', requests),
    ...amounts('limits', limits),
    ports: (container?.ports ?? []).map(portOf),
    env: (container?.env ?? []).map(envOf),
    ...probe('readiness', container?.readinessProbe),
    ...probe('liveness', container?.livenessProbe),
    ...probe('startup', container?.startupProbe),
    ...(container?.command?.length && { command: container.command }),
    ...(container?.args?.length && { arguments: container.args }),
    volumes: volumesOf(spec, container),
  };
}

/** A container of a Deployment by its name. */
export function containerOf(
  { template }: DeploymentObject['spec'],
  name: string,
): EditedContainer | undefined {
  return template?.spec?.containers?.find(each => each.name === name);
}

/** What tells ports apart. */
export function portKey({
  port,
  protocol = 'TCP',
}: Pick<WorkloadPort, 'port' | 'protocol'>): string {
  return `${port}/${protocol}`;
}

function amounts(
  group: 'requests' | 'limits',
  given: Record<string, string> = {},
): Pick<WorkloadSettings, 'requests' | 'limits'> {
  const { cpu, memory } = given;
  return cpu || memory
    ? { [group]: { ...(cpu && { cpu }), ...(memory && { memory }) } }
    : {};
}

function portOf({ name, containerPort, protocol }: PortObject): WorkloadPort {
  return {
    ...(name && { name }),
    port: containerPort,
    protocol: protocol ?? 'TCP',
  };
}

/** What comes from elsewhere than a secret is kept as it is, too. */
function envOf({ name, valueFrom }: EnvObject): SettingsEnv {
  const secret = valueFrom?.secretKeyRef;
  return secret
    ? { name, secret: { name: secret.name, key: secret.key } }
    : { name, kept: true };
}

function probe(
  name: 'readiness' | 'liveness' | 'startup',
  given: object | undefined,
): Partial<WorkloadSettings> {
  const read: ProbeObject | undefined = given && { ...(given as ProbeObject) };
  const check = read && checkOf(read);
  return read && check
    ? {
        [name]: {
          check,
          ...seconds('initialDelay', read.initialDelaySeconds),
          ...seconds('period', read.periodSeconds),
          ...seconds('timeout', read.timeoutSeconds),
          ...seconds('failureThreshold', read.failureThreshold),
        },
      }
    : {};
}

/** Undefined for what the form cannot say: gRPC, headers, named ports. */
function checkOf(probeObject: ProbeObject): WorkloadProbe['check'] | undefined {
  const { httpGet, tcpSocket, exec } = probeObject;
  if (
    httpGet &&
    typeof httpGet.port === 'number' &&
    httpGet.scheme !== 'HTTPS' &&
    !httpGet.httpHeaders
  ) {
    return { type: 'http', path: httpGet.path ?? '/', port: httpGet.port };
  }
  if (tcpSocket && typeof tcpSocket.port === 'number') {
    return { type: 'tcp', port: tcpSocket.port };
  }
  return exec?.command ? { type: 'command', command: exec.command } : undefined;
}

function seconds(name: string, value: number | undefined): object {
  return value === undefined ? {} : { [name]: value };
}
