import { Container, Pod, StringMap } from '../objects';
import { ResourceKind, configMaps, secrets } from '../resources/kinds';
import { ObjectStore } from '../storage/object-store';

interface KeySelector {
  name?: string;
  key?: string;
  optional?: boolean;
}

interface EnvironmentSource {
  valueFrom?: { secretKeyRef?: KeySelector; configMapKeyRef?: KeySelector };
  secretRef?: KeySelector;
  configMapRef?: KeySelector;
}

/**
 * What a container's environment names and the namespace does not have, in the
 * kubelet's words (recorded: 03).
 */
export function missingConfiguration(
  store: ObjectStore,
  pod: Pod,
  container: Container,
): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const sources = [
    ...((container.env ?? []) as EnvironmentSource[]),
    ...((container.envFrom ?? []) as EnvironmentSource[]),
  ];
  for (const { valueFrom, secretRef, configMapRef } of sources) {
    const problem =
      lookUp(store, namespace, secrets, valueFrom?.secretKeyRef ?? secretRef) ??
      lookUp(
        store,
        namespace,
        configMaps,
        valueFrom?.configMapKeyRef ?? configMapRef,
      );
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function lookUp(
  store: ObjectStore,
  namespace: string,
  resource: ResourceKind,
  selector: KeySelector | undefined,
): string | undefined {
  if (!selector || selector.optional) {
    return undefined;
  }
  const { name = '', key } = selector;
  const found = store.get(resource, namespace, name);
  if (!found) {
    return `${resource.singular} "${name}" not found`;
  }
  const data = (found.data ?? {}) as StringMap;
  return key !== undefined && !(key in data)
    ? `couldn't find key ${key} in ${resource.kind} ${namespace}/${name}`
    : undefined;
}
