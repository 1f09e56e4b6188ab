import { Manifest } from '@slipway/backstage-plugin-image-registry-common';
import { collectionPath } from '../workloads/paths';

const resources: Readonly<Record<Manifest['kind'], string>> = {
  PersistentVolumeClaim: 'persistentvolumeclaims',
  Deployment: 'deployments',
  Service: 'services',
  Ingress: 'ingresses',
};

/** Path of an object that is made with a workload. */
export function objectPath({ apiVersion, kind, metadata }: Manifest): string {
  return `${collectionPath(
    apiVersion,
    resources[kind],
    metadata.namespace,
  )}/${encodeURIComponent(metadata.name)}`;
}
