import {
  ImageDetails,
  workloadDefaults,
} from '@slipway/backstage-plugin-image-registry-common';
import { PickedImage } from '@slipway/backstage-plugin-image-registry-react';
import { WorkloadDraft } from './WorkloadDraft';

/**
 * The form with what an image suggests. A name or description that somebody
 * typed stays; what follows from the image alone is replaced.
 */
export function draftFromImage(
  draft: WorkloadDraft,
  picked: PickedImage,
  image: ImageDetails,
): WorkloadDraft {
  const defaults = workloadDefaults(image);
  const check = defaults.readiness?.check;
  const port = check?.type === 'tcp' ? String(check.port) : '';
  return {
    ...draft,
    image: picked,
    name: draft.name || defaults.name,
    description: draft.description || (defaults.description ?? ''),
    ports: defaults.ports.map(each => ({
      name: each.name ?? '',
      port: String(each.port),
      protocol: each.protocol ?? 'TCP',
    })),
    readiness: {
      ...draft.readiness,
      type: port ? 'tcp' : 'none',
      port,
    },
    service: defaults.service,
    ingress: { ...draft.ingress, port },
    restricted: defaults.restricted ?? false,
    architecture: defaults.architecture ?? '',
  };
}
