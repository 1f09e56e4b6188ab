import {
  NamedFieldOwner,
  RolloutObservation,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import { imageOwners } from '../apply/fieldOwners';
import { ClusterClient } from '../clusters';
import { gatherEvidence } from '../evidence/gatherEvidence';
import { managedBy, namedOwner, toolTitle } from '../workloads/managedBy';
import { readWorkload } from '../workloads/readWorkload';
import { imageReplacedBy } from './observationReasons';

/** A cluster that does not tell within this time is done without, in ms. */
const DEADLINE_MS = 10_000;

/**
 * Adds to the end of a rollout what only one more look at the cluster tells:
 * who took the image back, what a failure leaves behind. The end stands
 * without it when the cluster does not answer.
 */
export async function conclude(
  client: ClusterClient,
  watch: RolloutWatch,
  observation: RolloutObservation,
  signal: AbortSignal,
): Promise<RolloutObservation> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
  try {
    if (observation.phase === 'failed') {
      const evidence = await gatherEvidence(
        client,
        watch,
        observation.pods,
        bounded,
      );
      return { ...observation, evidence };
    }
    return observation.phase === 'replaced'
      ? await withReplacer(client, watch, observation, bounded)
      : observation;
  } catch {
    signal.throwIfAborted();
    return observation;
  }
}

async function withReplacer(
  client: ClusterClient,
  watch: RolloutWatch,
  observation: RolloutObservation,
  signal: AbortSignal,
): Promise<RolloutObservation> {
  const container =
    observation.reason?.params?.container ?? watch.target.container;
  const target = { ...watch.target, container };
  const read = await readWorkload(client, target, signal);
  const replacedBy = lastWriter(read);
  const image = read.container.image ?? '';
  return replacedBy
    ? {
        ...observation,
        reason: imageReplacedBy({ container, image }, replacedBy),
        replacedBy,
      }
    : observation;
}

/**
 * Who owns the image now and wrote last. A tool that applies by the client
 * library's name is told by what it left on the workload.
 */
function lastWriter(
  read: Awaited<ReturnType<typeof readWorkload>>,
): NamedFieldOwner | undefined {
  const { type, workload } = read.source;
  const [owner] = imageOwners(type, workload, read.list, read.container.name)
    .filter(({ manager }) => manager !== PORTAL_FIELD_MANAGER)
    .sort((a, b) => Date.parse(b.time ?? '') - Date.parse(a.time ?? '') || 0);
  if (!owner) {
    return undefined;
  }
  const named = namedOwner(owner);
  const tool = managedBy(workload.metadata)?.tool;
  const isPerson = named.title.startsWith('kubectl ');
  return named.tool === undefined && tool !== undefined && !isPerson
    ? { ...named, tool, title: toolTitle(tool) }
    : named;
}
