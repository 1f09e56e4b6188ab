import {
  claimVolume,
  hasExclusiveVolume,
  volumeMount,
  WorkloadVolume,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DeploymentObject,
  EditedContainer,
  MountObject,
  VolumeObject,
} from './DeploymentObject';
import { isSame } from './isSame';
import { SettingsEdit } from './withSettings';

/**
 * The volumes by claim that a container mounts as the form can say it: once,
 * and as a whole. Others are not told, and stay.
 */
export function volumesOf(
  { template }: DeploymentObject['spec'],
  container: EditedContainer | undefined,
): WorkloadVolume[] {
  const mounts = container?.volumeMounts ?? [];
  return mounts.flatMap(mount => {
    const { name, mountPath, subPath, subPathExpr } = mount;
    const claim = template?.spec?.volumes?.find(
      volume => volume.name === name,
    )?.persistentVolumeClaim;
    const isOnlyOne = mounts.filter(each => each.name === name).length === 1;
    if (!claim || !isOnlyOne || subPath || subPathExpr) {
      return [];
    }
    const readOnly = mount.readOnly || claim.readOnly;
    return [
      {
        name,
        mountPath,
        claim: claim.claimName,
        ...(readOnly && { readOnly }),
      },
    ];
  });
}

/**
 * Puts changed volumes into what the portal owns of a Deployment. The claim of
 * one that is taken away stays, with what is in it.
 */
export function setVolumes(
  spec: DeploymentObject['spec'],
  container: EditedContainer,
  { before, wanted }: SettingsEdit,
): void {
  const known = new Map(before.volumes.map(each => [each.name, each]));
  const names = new Set(wanted.volumes.map(({ name }) => name));
  const written = wanted.volumes.filter(
    each => !isSame(each, known.get(each.name)),
  );
  const replaced = new Set([
    ...written.map(({ name }) => name),
    ...[...known.keys()].filter(name => !names.has(name)),
  ]);
  const keep = ({ name }: { name: string }) => !replaced.has(name);
  if (replaced.size === 0) {
    return;
  }
  container.volumeMounts = [
    ...(container.volumeMounts ?? []).filter(keep),
    ...(written.map(volumeMount) as MountObject[]),
  ];
  const volumes = [
    ...(spec.template?.spec?.volumes ?? []).filter(keep),
    ...(written.map(claimVolume) as VolumeObject[]),
  ];
  spec.template = {
    ...spec.template,
    spec: {
      ...spec.template?.spec,
      volumes: volumes.length > 0 ? volumes : undefined,
    },
  };
  if (hasExclusiveVolume(written) && spec.strategy?.type !== 'Recreate') {
    // As Recreate, which cannot be applied over the defaults of a rolling
    // update: a null does not take them away, and together they are refused.
    spec.strategy = {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' },
    };
  }
}
