import {
  kubernetesReason,
  PORTAL_CREATE_MANAGER,
  Reason,
  TargetRef,
  WORKLOAD_COMPONENT_ANNOTATION,
  WorkloadSettingsView,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { managedBy, toolTitle } from '../workloads/managedBy';
import { KubernetesObject } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';
import {
  DeploymentObject,
  IngressObject,
  ServiceObject,
} from './DeploymentObject';
import { ingressOf } from './ingressOf';
import { settingsOf } from './settingsOf';

/** What was made for a component, as the cluster has it now. */
export interface MadeWorkload {
  deployment: DeploymentObject;
  /** Absent where none was made with it. */
  service?: ServiceObject;
  ingress?: IngressObject;
  view: WorkloadSettingsView;
}

/** Whose workload is looked at. */
interface Made {
  target: TargetRef;
  entityRef: string;
  signal?: AbortSignal;
}

/**
 * Reads the settings of a workload, and whether it was made here.
 * @throws DriverError
 */
export async function readSettings(
  client: ClusterClient,
  target: TargetRef,
  entityRef: string,
  signal?: AbortSignal,
): Promise<WorkloadSettingsView> {
  return (await readMade(client, { target, entityRef, signal })).view;
}

/**
 * The same with the objects.
 * @throws DriverError
 */
export async function readMade(
  client: ClusterClient,
  made: Made,
): Promise<MadeWorkload> {
  const { target, entityRef, signal } = made;
  if (target.kind !== 'Deployment') {
    throw new DriverError(
      'invalid',
      `${target.kind} ${target.namespace}/${target.name} was not made here.`,
    );
  }
  const deployment = await client.json<DeploymentObject>({
    path: settingsPaths(target).Deployment,
    signal,
  });
  const obstacle = obstacleOf(deployment, entityRef);
  const [service, ingress] = obstacle
    ? []
    : await Promise.all([
        besides<ServiceObject>(client, 'Service', made),
        besides<IngressObject>(client, 'Ingress', made),
      ]);
  const { uid, generation } = deployment.metadata;
  const read = ingress ? ingressOf(ingress) : {};
  return {
    deployment,
    service,
    ingress,
    view: {
      version: `${uid}:${generation ?? 0}`,
      settings: {
        ...settingsOf(deployment, target.container),
        service: service !== undefined,
        ...(read.ingress && { ingress: read.ingress }),
      },
      ...(read.otherIngress && { otherIngress: read.otherIngress }),
      ...(obstacle && { obstacle }),
    },
  };
}

/** Where the objects of a component are. */
export function settingsPaths({ namespace, name }: TargetRef) {
  const at = (apiVersion: string, resource: string) =>
    `${collectionPath(apiVersion, resource, namespace)}/${encodeURIComponent(
      name,
    )}`;
  return {
    Deployment: at('apps/v1', 'deployments'),
    Service: at('v1', 'services'),
    Ingress: at('networking.k8s.io/v1', 'ingresses'),
  };
}

/** An object of the same name counts only when it was made with it. */
async function besides<T extends KubernetesObject>(
  client: ClusterClient,
  kind: 'Service' | 'Ingress',
  { target, entityRef, signal }: Made,
): Promise<T | undefined> {
  try {
    const path = settingsPaths(target)[kind];
    const found = await client.json<T>({ path, signal });
    return isMadeFor(found, entityRef) ? found : undefined;
  } catch (error) {
    if (error instanceof DriverError && error.code === 'not-found') {
      return undefined;
    }
    throw error;
  }
}

function isMadeFor({ metadata }: KubernetesObject, entityRef: string): boolean {
  return (
    metadata.annotations?.[WORKLOAD_COMPONENT_ANNOTATION] === entityRef &&
    (metadata.managedFields ?? []).some(
      ({ manager, operation }) =>
        manager === PORTAL_CREATE_MANAGER && operation === 'Apply',
    )
  );
}

function obstacleOf(
  deployment: DeploymentObject,
  entityRef: string,
): Reason | undefined {
  const { name } = deployment.metadata;
  const manager = managedBy(deployment.metadata);
  if (manager) {
    const tool = [toolTitle(manager.tool), manager.name]
      .filter(Boolean)
      .join(' ');
    return kubernetesReason('kept-by-tool', { tool, name });
  }
  return isMadeFor(deployment, entityRef)
    ? undefined
    : kubernetesReason('not-made-here', { name });
}
