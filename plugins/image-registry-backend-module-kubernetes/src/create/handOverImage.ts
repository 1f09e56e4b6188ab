import {
  Manifest,
  PORTAL_CREATE_MANAGER,
  PORTAL_FIELD_MANAGER,
} from '@slipway/backstage-plugin-image-registry-common';
import { ClusterClient } from '../clusters';
import { KubernetesObject } from '../workloads/objects';
import { objectPath } from './objectPath';

interface DeploymentSpec {
  template: { spec: { containers: Array<{ name: string; image: string }> } };
}

/**
 * Gives the image of a Deployment that was just made to the field manager of
 * deployments, so that the first one meets no owner. The rest stays with the
 * manager that made it, because a deployment names nothing but images.
 * @throws DriverError
 */
export async function handOverImage(
  client: ClusterClient,
  manifest: Manifest,
  made: KubernetesObject,
  signal?: AbortSignal,
): Promise<void> {
  const { apiVersion, kind, metadata } = manifest;
  const spec = manifest.spec as DeploymentSpec;
  const { containers } = spec.template.spec;
  const { name, namespace } = metadata;
  const identity = { name, namespace, uid: made.metadata.uid };
  const path = objectPath(manifest);
  await client.json({
    method: 'PATCH',
    path,
    query: { fieldManager: PORTAL_FIELD_MANAGER },
    apply: {
      apiVersion,
      kind,
      metadata: identity,
      spec: {
        template: {
          spec: {
            containers: containers.map(({ name: container, image }) => ({
              name: container,
              image,
            })),
          },
        },
      },
    },
    signal,
  });
  await client.json({
    method: 'PATCH',
    path,
    query: { fieldManager: PORTAL_CREATE_MANAGER },
    apply: {
      ...manifest,
      metadata: { ...metadata, ...identity },
      spec: {
        ...spec,
        template: {
          ...spec.template,
          spec: {
            ...spec.template.spec,
            containers: containers.map(({ image: _, ...rest }) => rest),
          },
        },
      },
    },
    signal,
  });
}
