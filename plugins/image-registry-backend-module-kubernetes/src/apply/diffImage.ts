import {
  FieldOwner,
  PORTAL_FIELD_MANAGER,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  FieldChange,
  FieldConflict,
  ImageChange,
  ImageChangeDiff,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { cannotRehearse } from '../clusters/unableServer';
import { findContainer } from '../workloads/containers';
import { managedBy, namedOwner } from '../workloads/managedBy';
import { WorkloadObject } from '../workloads/objects';
import { ReadWorkload, readWorkload } from '../workloads/readWorkload';
import { changedFields } from './changedFields';
import { ContainerChange, containerChanges } from './containerImages';
import { imageOwners } from './fieldOwners';
import { ROLLOUT_SEQUENCE_ANNOTATION } from './rolloutSequence';
import { sendApply, SendOptions } from './sendApply';

/**
 * Asks the API server what a change would do: first without force, which
 * names the owners, then with it, which shows the changes.
 * @throws DriverError when the server would refuse it even with force
 */
export async function diffImage(
  client: ClusterClient,
  change: ImageChange,
  signal?: AbortSignal,
): Promise<ImageChangeDiff> {
  const read = await readWorkload(client, change.target, signal);
  const { workload: before } = read.source;
  const warnings = new Set<string>();
  const options = {
    dryRun: true,
    signal,
    onWarning: (text: string) => void warnings.add(text),
  };
  let conflicts: FieldOwner[] = [];
  let after: WorkloadObject;
  try {
    after = await rehearse(client, read, { ...change, force: false }, options);
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'field-conflict') {
      throw error;
    }
    conflicts = error.owners ?? [];
    after = await rehearse(client, read, { ...change, force: true }, options);
  }
  const changes = requested(
    changedFields(visible(before), visible(after)),
    read,
    change,
  );
  return {
    changes,
    conflicts,
    fieldConflicts:
      conflicts.length > 0 ? fieldConflicts(read, change, conflicts) : [],
    managedBy: managedBy(before.metadata) ?? managedBy(read.workload.metadata),
    warnings: [...warnings],
    resourceVersion: before.metadata.resourceVersion,
    unchanged: changes.length === 0,
  };
}

/** A cluster that cannot rehearse says so, and what it adds is not known. */
async function rehearse(
  client: ClusterClient,
  read: ReadWorkload,
  change: ImageChange,
  options: SendOptions & Required<Pick<SendOptions, 'onWarning'>>,
): Promise<WorkloadObject> {
  try {
    return await sendApply(client, read, change, options);
  } catch (error) {
    if (!cannotRehearse(error)) {
      throw error;
    }
    options.onWarning(error.message);
    return withImages(read, change);
  }
}

/** What the change makes of a workload if nobody else has a say. */
function withImages(read: ReadWorkload, change: ImageChange): WorkloadObject {
  const after = structuredClone(read.source.workload);
  const podSpec = read.source.type.podSpec(after);
  for (const { container, image } of containerChanges(read, change)) {
    const found = findContainer(podSpec, container.name);
    if (found) {
      found.container.image = image;
    }
  }
  return after;
}

/** What people set; the rest is bookkeeping of the cluster and of ours. */
function visible({ metadata, spec }: WorkloadObject): object {
  const { [ROLLOUT_SEQUENCE_ANNOTATION]: _, ...annotations } =
    metadata.annotations ?? {};
  return { metadata: { labels: metadata.labels ?? {}, annotations }, spec };
}

/** Says of each change whether it was asked for or comes from the cluster. */
function requested(
  changes: FieldChange[],
  read: ReadWorkload,
  change: ImageChange,
): FieldChange[] {
  const asked = new Set(
    containerChanges(read, change).map(one => imagePath(read, one)),
  );
  return changes.map(field =>
    asked.has(field.path) ? field : { ...field, cause: 'cluster' },
  );
}

/** Who holds which of the images, in words; only whom the refusal names. */
function fieldConflicts(
  read: ReadWorkload,
  change: ImageChange,
  refused: readonly FieldOwner[],
): FieldConflict[] {
  const { type, workload } = read.source;
  return containerChanges(read, change).flatMap(one =>
    imageOwners(type, workload, one.list, one.container.name)
      .filter(
        ({ manager, operation }) =>
          manager !== PORTAL_FIELD_MANAGER &&
          refused.some(
            owner => owner.manager === manager && owner.operation === operation,
          ),
      )
      .map(owner => ({
        path: imagePath(read, one),
        owner: namedOwner(owner),
      })),
  );
}

function imagePath(
  { source }: ReadWorkload,
  { list, container }: ContainerChange,
): string {
  const path = [...source.type.podSpecPath, list].join('.');
  return `${path}[name=${container.name}].image`;
}
