import {
  CreatedObject,
  kubernetesReason,
  Manifest,
  manifestYaml,
  validateWorkloadPlan,
  workloadManifests,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  WorkloadCreation,
  WorkloadCreationResult,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { applyNew, ApplyOutcome } from './applyNew';
import { handOverImage } from './handOverImage';

/**
 * Makes the objects of a plan: all are rehearsed on the server first, and only
 * when it takes them all are they made, one after the other.
 * @throws DriverError when the cluster fails before anything was made
 */
export async function createWorkload(
  client: ClusterClient,
  creation: WorkloadCreation,
  options: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<WorkloadCreationResult> {
  const { plan } = creation;
  const manifests = workloadManifests(plan, creation);
  const problems = validateWorkloadPlan(plan);
  if (problems.length > 0) {
    const objects = manifests.map(manifest => describe(manifest, 'planned'));
    return { outcome: 'refused', objects, problems };
  }
  const rehearsal = await rehearse(client, creation, manifests, options.signal);
  return options.dryRun || rehearsal.outcome === 'refused'
    ? rehearsal
    : makeAll(client, creation, manifests, options.signal);
}

async function rehearse(
  client: ClusterClient,
  { plan }: WorkloadCreation,
  manifests: Manifest[],
  signal: AbortSignal | undefined,
): Promise<WorkloadCreationResult> {
  const outcomes = await Promise.all(
    manifests.map(manifest =>
      applyNew(client, plan, manifest, { dryRun: true, signal }),
    ),
  );
  const problems = outcomes.flatMap(outcome =>
    'problems' in outcome ? outcome.problems : [],
  );
  return {
    outcome: problems.length > 0 ? 'refused' : 'planned',
    objects: manifests.map((manifest, index) =>
      withOutcome(manifest, outcomes[index], 'planned'),
    ),
    problems,
  };
}

async function makeAll(
  client: ClusterClient,
  { plan }: WorkloadCreation,
  manifests: Manifest[],
  signal: AbortSignal | undefined,
): Promise<WorkloadCreationResult> {
  const objects: CreatedObject[] = [];
  for (const [index, manifest] of manifests.entries()) {
    const outcome = await make(client, plan, manifest, {
      isFirst: index === 0,
      signal,
    });
    objects.push(withOutcome(manifest, outcome, 'made'));
    if ('problems' in outcome) {
      return {
        outcome: index === 0 ? 'refused' : 'partial',
        objects: [
          ...objects,
          ...manifests.slice(index + 1).map(left => describe(left, 'planned')),
        ],
        problems: outcome.problems,
      };
    }
  }
  return { outcome: 'created', objects, problems: [] };
}

/** After the first object every failure is told, with what exists by then. */
async function make(
  client: ClusterClient,
  plan: WorkloadCreation['plan'],
  manifest: Manifest,
  { isFirst, signal }: { isFirst: boolean; signal?: AbortSignal },
): Promise<ApplyOutcome> {
  let outcome: ApplyOutcome;
  try {
    outcome = await applyNew(client, plan, manifest, { dryRun: false, signal });
  } catch (error) {
    if (isFirst || !(error instanceof DriverError)) {
      throw error;
    }
    const reason = kubernetesReason('refused-by-server', {
      detail: error.message,
    });
    return { problems: [{ path: '', reason }], reason, warnings: [] };
  }
  if (manifest.kind === 'Deployment' && 'made' in outcome) {
    await handOver(client, manifest, outcome, signal);
  }
  return outcome;
}

/** Without it the first deployment asks for the consent that it is about. */
async function handOver(
  client: ClusterClient,
  manifest: Manifest,
  outcome: Extract<ApplyOutcome, { made: object }>,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await handOverImage(client, manifest, outcome.made, signal);
  } catch (error) {
    if (!(error instanceof DriverError)) {
      throw error;
    }
    outcome.warnings.push(
      `The image field could not be handed over, so the first deployment asks whether the portal may manage it: ${error.message}`,
    );
  }
}

function describe(
  manifest: Manifest,
  state: CreatedObject['state'],
): CreatedObject {
  const { kind, metadata } = manifest;
  return {
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
    state,
    manifest: manifestYaml(manifest),
    warnings: [],
  };
}

function withOutcome(
  manifest: Manifest,
  outcome: ApplyOutcome,
  done: CreatedObject['state'],
): CreatedObject {
  const { warnings } = outcome;
  return 'reason' in outcome
    ? { ...describe(manifest, 'refused'), warnings, reason: outcome.reason }
    : { ...describe(manifest, done), warnings };
}
