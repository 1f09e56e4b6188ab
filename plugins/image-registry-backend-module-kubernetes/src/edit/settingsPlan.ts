import {
  KUBERNETES_ID_ANNOTATION,
  Manifest,
  workloadManifests,
} from '@slipway/backstage-plugin-image-registry-common';
import { SettingsChange } from '@slipway/backstage-plugin-image-registry-node';
import { DeploymentObject } from './DeploymentObject';

/** The objects beside the Deployment, as a form would make them anew. */
export function manifestsBeside(
  { target, entityRef, settings }: SettingsChange,
  { metadata }: DeploymentObject,
): Manifest[] {
  const { cluster, namespace, name } = target;
  return workloadManifests(
    { ...settings, name, place: { cluster, namespace } },
    {
      // Of the Deployment, which is not made anew.
      image: '',
      entityRef,
      kubernetesId: metadata.labels?.[KUBERNETES_ID_ANNOTATION],
    },
  ).filter(({ kind }) => kind !== 'Deployment');
}
