import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadType } from './WorkloadType';

/** Path of all objects of one resource, in one namespace or everywhere. */
export function collectionPath(
  apiVersion: string,
  resource: string,
  namespace?: string,
): string {
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  return namespace === undefined
    ? `${root}/${resource}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}

/** Path of one workload. */
export function workloadPath(
  type: WorkloadType,
  { namespace, name }: Pick<TargetRef, 'namespace' | 'name'>,
): string {
  return `${collectionPath(
    type.apiVersion,
    type.resource,
    namespace,
  )}/${encodeURIComponent(name)}`;
}
