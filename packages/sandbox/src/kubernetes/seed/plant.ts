import { Cluster } from '../cluster';
import { AnyObject, JsonObject } from '../objects';
import {
  RESOURCE_KINDS,
  kindOf,
  namespaces,
  nodes,
  serviceAccounts,
} from '../resources/kinds';
import { SeedObject } from './default-workloads';

/** Namespaces that every cluster has. */
const BUILT_IN_NAMESPACES = ['default', 'kube-system', 'sandbox'];

/** Nodes and namespaces, before anything can run. */
export function plantBasics(cluster: Cluster, nodeObjects: JsonObject[]): void {
  for (const object of nodeObjects) {
    cluster.create(nodes, complete(object), written('kubelet', 'v1'));
  }
  for (const name of BUILT_IN_NAMESPACES) {
    plantNamespace(cluster, name);
  }
}

/** Each namespace that is made from now on gets its default service account. */
export function giveServiceAccounts(cluster: Cluster): void {
  cluster.store.subscribe(({ type, resource, object }) => {
    if (resource === namespaces && type === 'ADDED') {
      plantServiceAccount(cluster, object.metadata.name);
    }
  });
}

/** Removes every object; watches and controllers see each of them go. */
export function uproot({ store }: Cluster): void {
  for (const resource of RESOURCE_KINDS) {
    for (const { metadata } of store.list(resource)) {
      store.remove(resource, metadata.namespace, metadata.name);
    }
  }
}

/**
 * Creates objects as their field managers would; a namespace that is missing
 * is made.
 *
 * @throws Error for a kind that the sandbox does not store
 */
export function plant(cluster: Cluster, seeds: SeedObject[]): void {
  for (const { object, fieldManager } of seeds) {
    const given = complete(object);
    const resource = kindOf(given);
    const { namespace } = given.metadata;
    if (namespace) {
      plantNamespace(cluster, namespace);
    }
    const isKnown =
      resource === namespaces &&
      cluster.store.get(namespaces, undefined, given.metadata.name);
    if (!isKnown) {
      cluster.create(resource, given, written(fieldManager, given.apiVersion));
    }
  }
}

function plantNamespace(cluster: Cluster, name: string): void {
  if (!cluster.store.get(namespaces, undefined, name)) {
    cluster.create(
      namespaces,
      complete({ kind: 'Namespace', apiVersion: 'v1', metadata: { name } }),
      written('kube-apiserver', 'v1'),
    );
  }
}

function plantServiceAccount(cluster: Cluster, namespace: string): void {
  cluster.create(
    serviceAccounts,
    complete({
      kind: 'ServiceAccount',
      apiVersion: 'v1',
      metadata: { name: 'default', namespace },
    }),
    written('kube-controller-manager', 'v1'),
  );
}

function complete(object: JsonObject): AnyObject {
  return {
    ...object,
    metadata: {
      ...(object.metadata as JsonObject),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
    },
  } as unknown as AnyObject;
}

function written(name: string, apiVersion: string) {
  return { manager: { name, operation: 'Update' as const, apiVersion } };
}
