import {
  containerPort,
  containerProbe,
  environmentVariable,
  servicePort,
  WorkloadSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DeploymentObject,
  EditedContainer,
  probeFields,
  ServiceObject,
} from './DeploymentObject';
import { isSame } from './isSame';
import { containerOf, portKey } from './settingsOf';
import { setVolumes } from './volumes';

/** What somebody changed: the settings that were read and those wanted. */
export interface SettingsEdit {
  container: string;
  before: WorkloadSettings;
  wanted: WorkloadSettings;
}

/**
 * Puts an edit into what the portal owns of a Deployment. What was not changed
 * is not named anew, so it stays with whoever owns it.
 */
export function deploymentWithSettings(
  own: Partial<Pick<DeploymentObject, 'spec'>>,
  edit: SettingsEdit,
): Pick<DeploymentObject, 'spec'> {
  const { before, wanted } = edit;
  const spec = structuredClone(own.spec ?? {});
  if (wanted.replicas !== before.replicas) {
    spec.replicas = wanted.replicas;
  }
  const container = ownContainer(spec, edit.container);
  setResources(container, edit);
  setEnv(container, edit);
  setPorts(container, edit);
  setProbes(container, edit);
  setCommand(container, edit);
  setVolumes(spec, container, edit);
  return { spec: withoutEmptyLists(spec, container) };
}

/** An apply of an empty list would hold the list itself. */
function withoutEmptyLists(
  spec: DeploymentObject['spec'],
  container: EditedContainer,
): DeploymentObject['spec'] {
  for (const list of ['env', 'ports', 'volumeMounts'] as const) {
    if (container[list]?.length === 0) {
      delete container[list];
    }
  }
  return spec;
}

/** The same with the ports of its Service. */
export function serviceWithPorts(
  own: Partial<Pick<ServiceObject, 'spec'>>,
  { before, wanted }: SettingsEdit,
): Pick<ServiceObject, 'spec'> {
  const { dropped, written } = portChanges(before, wanted);
  const kept = (own.spec?.ports ?? []).filter(
    ({ port, protocol }) =>
      !dropped.has(`${port}/${protocol ?? 'TCP'}`) &&
      !written.some(each => portKey(each) === `${port}/${protocol ?? 'TCP'}`),
  );
  const ports = [
    ...kept,
    ...(written.map(servicePort) as NonNullable<
      ServiceObject['spec']['ports']
    >),
  ];
  return { spec: { ...own.spec, ports } };
}

/** Whether the ports are other ones. */
export function changesPorts({ before, wanted }: SettingsEdit): boolean {
  const { dropped, written } = portChanges(before, wanted);
  return dropped.size > 0 || written.length > 0;
}

function ownContainer(
  spec: DeploymentObject['spec'],
  name: string,
): EditedContainer {
  const known = containerOf(spec, name);
  if (known) {
    return known;
  }
  const container: EditedContainer = { name };
  const containers = spec.template?.spec?.containers ?? [];
  spec.template = {
    ...spec.template,
    spec: { ...spec.template?.spec, containers: [...containers, container] },
  };
  return container;
}

function setResources(
  container: EditedContainer,
  { before, wanted }: SettingsEdit,
): void {
  for (const group of ['requests', 'limits'] as const) {
    for (const resource of ['cpu', 'memory'] as const) {
      const amount = wanted[group]?.[resource];
      if (amount === before[group]?.[resource]) {
        continue;
      }
      const { [resource]: _, ...rest } = container.resources?.[group] ?? {};
      container.resources = {
        ...container.resources,
        [group]: amount === undefined ? rest : { ...rest, [resource]: amount },
      };
    }
  }
}

function setEnv(
  container: EditedContainer,
  { before, wanted }: SettingsEdit,
): void {
  const known = new Map(before.env.map(each => [each.name, each]));
  const written = wanted.env.filter(
    each => !each.kept && !isSame(each, known.get(each.name)),
  );
  const names = new Set(wanted.env.map(({ name }) => name));
  const kept = (container.env ?? []).filter(
    ({ name }) =>
      (names.has(name) || !known.has(name)) &&
      !written.some(each => each.name === name),
  );
  const variables = [
    ...kept,
    ...(written.map(environmentVariable) as NonNullable<
      EditedContainer['env']
    >),
  ];
  // The server takes the order of an apply, and a variable may only refer to
  // those before it.
  const places = new Map(before.env.map(({ name }, place) => [name, place]));
  const placeOf = ({ name }: { name: string }) =>
    places.get(name) ?? places.size;
  container.env = variables.sort((a, b) => placeOf(a) - placeOf(b));
}

function setPorts(
  container: EditedContainer,
  { before, wanted }: SettingsEdit,
): void {
  const { dropped, written } = portChanges(before, wanted);
  const kept = (container.ports ?? []).filter(each => {
    const key = portKey({ ...each, port: each.containerPort });
    return !dropped.has(key) && !written.some(one => portKey(one) === key);
  });
  container.ports = [
    ...kept,
    ...(written.map(containerPort) as NonNullable<EditedContainer['ports']>),
  ];
}

function setProbes(
  container: EditedContainer,
  { before, wanted }: SettingsEdit,
): void {
  for (const name of ['readiness', 'liveness', 'startup'] as const) {
    const probe = wanted[name];
    if (isSame(probe, before[name])) {
      continue;
    }
    container[probeFields[name]] = probe && containerProbe(probe);
  }
}

function setCommand(
  container: EditedContainer,
  { before, wanted }: SettingsEdit,
): void {
  if (!isSame(wanted.command, before.command)) {
    container.command = wanted.command;
  }
  if (!isSame(wanted.arguments, before.arguments)) {
    container.args = wanted.arguments;
  }
}

function portChanges(before: WorkloadSettings, wanted: WorkloadSettings) {
  const known = new Map(before.ports.map(each => [portKey(each), each]));
  const keys = new Set(wanted.ports.map(portKey));
  return {
    dropped: new Set([...known.keys()].filter(key => !keys.has(key))),
    written: wanted.ports.filter(each => {
      const was = known.get(portKey(each));
      return !was || was.name !== each.name;
    }),
  };
}
