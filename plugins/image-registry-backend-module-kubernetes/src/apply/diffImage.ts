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
import { managedBy, namedOwner } from '../workloads/managedBy';
import { WorkloadObject } from '../workloads/objects';
import { ReadWorkload, readWorkload } from '../workloads/readWorkload';
import { changedFields } from './changedFields';
import { ContainerChange, containerChanges } from './containerImages';
import { imageOwners } from './fieldOwners';
import { ROLLOUT_SEQUENCE_ANNOTATION } from './rolloutSequence';
import { sendApply } from './sendApply';

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
    after = await sendApply(client, read, { ...change, force: false }, options);
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'field-conflict') {
      throw error;
    }
    conflicts = error.owners ?? [];
    after = await sendApply(client, read, { ...change, force: true }, options);
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
