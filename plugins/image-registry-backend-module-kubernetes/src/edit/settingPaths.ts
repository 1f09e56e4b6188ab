import { WorkloadSettings } from '@slipway/backstage-plugin-image-registry-common';
import { FieldStep } from './fieldTree';
import { DeploymentSettings, portKey } from './settingsOf';

type PathOf = (captured: string[], settings: WorkloadSettings) => string;

/**
 * Where a field that somebody else owns stands in the form. The patterns meet
 * the spelling of conflicts: `.spec.containers[name="web"].env[name="A"]`.
 */
const fields: ReadonlyArray<[RegExp, PathOf]> = [
  [/^\.spec\.replicas$/, () => 'replicas'],
  [
    /\.resources\.(requests|limits)\.(cpu|memory)$/,
    ([group, resource]) => `${group}.${resource}`,
  ],
  [
    /\.env\[name="([^"]+)"\]/,
    ([name], { env }) => {
      const index = env.findIndex(each => each.name === name);
      return index < 0 ? 'env' : `env.${index}.value`;
    },
  ],
  [
    /\.ports\[(?:containerPort|port)=(\d+),protocol="(\w+)"\]/,
    ([port, protocol], { ports }) => {
      const key = `${port}/${protocol}`;
      const index = ports.findIndex(each => portKey(each) === key);
      return index < 0 ? 'ports' : `ports.${index}.port`;
    },
  ],
  [/\.(readiness|liveness|startup)Probe\b/, ([name]) => name],
  [/\.containers\[[^\]]*\]\.command\b/, () => 'command'],
  [/\.containers\[[^\]]*\]\.args\b/, () => 'arguments'],
  [
    /\.volumeMounts\[mountPath="([^"]+)"\]/,
    ([path], { volumes }) =>
      volumePath(volumes.findIndex(each => each.mountPath === path)),
  ],
  [
    /\.volumes\[name="([^"]+)"\]/,
    ([name], { volumes }) =>
      volumePath(volumes.findIndex(each => each.name === name)),
  ],
  [/^\.spec\.strategy\b/, () => 'volumes'],
  [/^\.spec\.(?:rules|defaultBackend)\b/, () => 'ingress.path'],
  [/^\.spec\.tls\b/, () => 'ingress.tlsSecret'],
  [/^\.spec\.ingressClassName$/, () => 'ingress.className'],
];

function volumePath(index: number): string {
  return index < 0 ? 'volumes' : `volumes.${index}.mountPath`;
}

/** @returns the form as a whole, an empty path, when no field stands for it */
export function settingPathOf(
  field: string,
  settings: WorkloadSettings,
): string {
  for (const [pattern, pathOf] of fields) {
    const match = pattern.exec(field);
    if (match) {
      return pathOf(match.slice(1), settings);
    }
  }
  return '';
}

/** A setting that was taken away and is there all the same. */
export interface LeftSetting {
  /** Of the form. */
  path: string;
  /** As people call it: the name of a variable, a port. */
  field: string;
  /** Below the container. */
  steps: FieldStep[];
}

/** What the server would leave although it was taken away. */
export function leftSettings(
  before: DeploymentSettings,
  wanted: DeploymentSettings,
  after: DeploymentSettings,
): LeftSetting[] {
  const amounts = (['requests', 'limits'] as const).flatMap(group =>
    (['cpu', 'memory'] as const)
      .filter(
        resource =>
          before[group]?.[resource] !== undefined &&
          wanted[group]?.[resource] === undefined &&
          after[group]?.[resource] !== undefined,
      )
      .map(resource => ({
        path: `${group}.${resource}`,
        field: `${group}.${resource}`,
        steps: ['resources', group, resource],
      })),
  );
  const env = after.env
    .filter(({ name }) => !wanted.env.some(each => each.name === name))
    .map(({ name }) => ({
      path: 'env',
      field: name,
      steps: ['env', { name }],
    }));
  const ports = after.ports
    .filter(each => !wanted.ports.some(one => portKey(one) === portKey(each)))
    .map(({ port: containerPort, protocol }) => ({
      path: 'ports',
      field: `${containerPort}/${protocol}`,
      steps: ['ports', { containerPort, protocol }],
    }));
  const probes = (['readiness', 'liveness', 'startup'] as const)
    .filter(name => before[name] && !wanted[name] && after[name])
    .map(name => ({ path: name, field: name, steps: [`${name}Probe`] }));
  const commands = (
    [
      ['command', 'command'],
      ['arguments', 'args'],
    ] as const
  )
    .filter(([name]) => before[name] && !wanted[name] && after[name])
    .map(([name, step]) => ({ path: name, field: name, steps: [step] }));
  const volumes = after.volumes
    .filter(({ name }) => !wanted.volumes.some(each => each.name === name))
    .map(({ name, mountPath }) => ({
      path: 'volumes',
      field: name,
      steps: ['volumeMounts', { mountPath }],
    }));
  return [...amounts, ...env, ...ports, ...probes, ...commands, ...volumes];
}
