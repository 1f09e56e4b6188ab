import { RolloutDiff } from '@slipway/backstage-plugin-image-registry-common';
import { ContainerPlan } from '../DeployPlanner';
import { because } from '../reasons';

/** What was checked for a deploy, as a person reads it before confirming. */
export function imageChecks(plan: ContainerPlan): RolloutDiff['checks'] {
  const { image, details, movedTo, found, registry } = plan;
  return [
    {
      name: 'exists',
      ok: details.kind === 'image',
      reason:
        details.kind === 'image'
          ? because('image-exists', `The image exists in ${registry.name}`, {
              registry: registry.name,
            })
          : because('not-an-image', `This is a ${details.kind}`, {
              kind: details.kind,
            }),
    },
    {
      name: 'tag',
      ok: !movedTo,
      reason: movedTo
        ? because('tag-moved', `The tag means ${movedTo} now`, {
            seen: image.digest,
            now: movedTo,
          })
        : because('tag-confirmed', `Deployed as ${image.digest}`, {
            digest: image.digest,
          }),
    },
    {
      name: 'target',
      ok: found.writable.ok,
      reason:
        found.writable.reason ??
        because('target-confirmed', 'The cluster says this is the component’s'),
    },
  ];
}
