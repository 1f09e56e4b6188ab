import { FieldOwner } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  ImageChange,
  ImageChangeDiff,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { WorkloadObject } from '../workloads/objects';
import { readWorkload } from '../workloads/readWorkload';
import { changedFields } from './changedFields';
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
  const options = { dryRun: true, signal };
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
  const changes = changedFields(visible(read.workload), visible(after));
  return {
    changes,
    conflicts,
    resourceVersion: read.workload.metadata.resourceVersion,
    unchanged: changes.length === 0,
  };
}

/** What people set; the rest is bookkeeping of the cluster and of ours. */
function visible({ metadata, spec }: WorkloadObject): object {
  const { [ROLLOUT_SEQUENCE_ANNOTATION]: _, ...annotations } =
    metadata.annotations ?? {};
  return { metadata: { labels: metadata.labels ?? {}, annotations }, spec };
}
