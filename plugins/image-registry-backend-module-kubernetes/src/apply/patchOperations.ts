import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { JsonPatchOperation } from '../clusters';
import { ReadWorkload } from '../workloads/readWorkload';
import { TemplateSource } from '../workloads/referenced';
import { sequences } from './applyBody';
import { containerChanges } from './containerImages';
import { imageOwners, listFields } from './fieldOwners';
import { ROLLOUT_SEQUENCE_ANNOTATION } from './rolloutSequence';

/**
 * Whether the cluster takes the containers as one value. Definitions of Argo
 * Rollouts said nothing about their lists until 2026, and an apply of one image
 * would then remove everything else of its container. So a custom resource has
 * to show that its containers have owners of their own; one whose managedFields
 * were cleared shows nothing.
 */
export function hasAtomicContainers({
  type,
  workload,
}: TemplateSource): boolean {
  const lists = (workload.metadata.managedFields ?? []).flatMap(
    entry => listFields(entry, type, 'containers') ?? [],
  );
  return type.kind === 'Rollout'
    ? !lists.some(fields => Object.keys(fields).some(isKeyed))
    : lists.some(fields => Object.keys(fields).length === 0);
}

function isKeyed(field: string): boolean {
  return field.startsWith('k:');
}

/**
 * The same change as steps that touch nothing but the images. The server checks
 * no owners then, so it is done here.
 * @throws DriverError `field-conflict` without force when others own an image
 */
export function patchOperations(
  read: ReadWorkload,
  change: ImageChange,
  options: { dryRun?: boolean } = {},
): JsonPatchOperation[] {
  requireOwnership(read, change);
  const { type, workload } = read.source;
  const { metadata } = workload;
  const podSpec = type.podSpec(workload);
  const images = containerChanges(read, change).flatMap(
    ({ list, container, image }): JsonPatchOperation[] => {
      const index = (podSpec?.[list] ?? []).findIndex(
        ({ name }) => name === container.name,
      );
      const path = pointer([...type.podSpecPath, list, String(index)]);
      return [
        { op: 'test', path: `${path}/name`, value: container.name },
        // "add" replaces what is there.
        { op: 'add', path: `${path}/image`, value: image },
      ];
    },
  );
  const annotations = {
    ...metadata.annotations,
    [ROLLOUT_SEQUENCE_ANNOTATION]: sequences(read, change),
  };
  return [
    { op: 'test', path: '/metadata/uid', value: metadata.uid },
    ...(options.dryRun
      ? []
      : [
          {
            op: 'replace' as const,
            path: '/metadata/resourceVersion',
            value: metadata.resourceVersion,
          },
        ]),
    { op: 'add', path: '/metadata/annotations', value: annotations },
    ...images,
  ];
}

function requireOwnership(read: ReadWorkload, change: ImageChange): void {
  const { type, workload } = read.source;
  const others = containerChanges(read, change).flatMap(({ list, container }) =>
    imageOwners(type, workload, list, container.name).filter(
      ({ manager }) => manager !== PORTAL_FIELD_MANAGER,
    ),
  );
  if (!change.force && others.length > 0) {
    const names = [...new Set(others.map(({ manager }) => manager))];
    throw new DriverError(
      'field-conflict',
      `The containers of ${type.kind} ${workload.metadata.namespace}/${
        workload.metadata.name
      } are owned by ${names.join(', ')}.`,
      { owners: others },
    );
  }
}

function pointer(steps: readonly string[]): string {
  return steps.map(step => `/${step}`).join('');
}
