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
import { KubernetesObject } from '../workloads/objects';
import { applyNew, ApplyOutcome } from './applyNew';
import { handOverImage } from './handOverImage';
import { isOurs } from './isOurs';

interface CreationOptions {
  dryRun?: boolean;
  /** Objects that an earlier try made stay, and count as made. */
  resume?: boolean;
  signal?: AbortSignal;
}

/**
 * Makes the objects of a plan: all are rehearsed on the server first, and only
 * when it takes them all are they made, one after the other.
 * @throws DriverError when the cluster fails before anything was made
 */
export async function createWorkload(
  client: ClusterClient,
  creation: WorkloadCreation,
  options: CreationOptions = {},
): Promise<WorkloadCreationResult> {
  const { plan } = creation;
  const { dryRun, resume, signal } = options;
  const manifests = workloadManifests(plan, creation);
  const problems = validateWorkloadPlan(plan);
  if (problems.length > 0) {
    const objects = manifests.map(manifest => describe(manifest, 'planned'));
    return { outcome: 'refused', objects, problems };
  }
  const made = resume ? await madeBefore(client, manifests, signal) : [];
  const work: Work = { client, creation, manifests, made, signal };
  const rehearsal = await rehearse(work);
  return dryRun || rehearsal.outcome === 'refused' ? rehearsal : makeAll(work);
}

/** One try at making the objects of a plan. */
interface Work {
  client: ClusterClient;
  creation: WorkloadCreation;
  manifests: Manifest[];
  /** Those of the manifests that exist from an earlier try. */
  made: readonly Manifest[];
  signal: AbortSignal | undefined;
}

async function madeBefore(
  client: ClusterClient,
  manifests: readonly Manifest[],
  signal: AbortSignal | undefined,
): Promise<Manifest[]> {
  const ours = await Promise.all(
    manifests.map(manifest => isOurs(client, manifest, signal)),
  );
  return manifests.filter((_, index) => ours[index]);
}

async function rehearse(work: Work): Promise<WorkloadCreationResult> {
  const { client, creation, manifests, made, signal } = work;
  const outcomes = await Promise.all(
    manifests.map(async manifest =>
      made.includes(manifest)
        ? undefined
        : applyNew(client, creation.plan, manifest, { dryRun: true, signal }),
    ),
  );
  const problems = outcomes.flatMap(outcome =>
    outcome && 'problems' in outcome ? outcome.problems : [],
  );
  return {
    outcome: problems.length > 0 ? 'refused' : 'planned',
    objects: manifests.map((manifest, index) => {
      const outcome = outcomes[index];
      return outcome
        ? withOutcome(manifest, outcome, 'planned')
        : describe(manifest, 'made');
    }),
    problems,
  };
}

async function makeAll(work: Work): Promise<WorkloadCreationResult> {
  const { client, creation, manifests, made, signal } = work;
  const objects: CreatedObject[] = [];
  for (const [index, manifest] of manifests.entries()) {
    if (made.includes(manifest)) {
      objects.push(describe(manifest, 'made'));
      continue;
    }
    const isFirst = objects.length === 0;
    const outcome = await make(client, creation.plan, manifest, {
      isFirst,
      signal,
    });
    objects.push(withOutcome(manifest, outcome, 'made'));
    if ('problems' in outcome) {
      const left = manifests.slice(index + 1);
      return {
        outcome: isFirst && made.length === 0 ? 'refused' : 'partial',
        objects: [
          ...objects,
          ...left.map(each =>
            describe(each, made.includes(each) ? 'made' : 'planned'),
          ),
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
  if (manifest.kind === 'Deployment' && 'made' in outcome && outcome.made) {
    const { made, warnings } = outcome;
    await handOver(client, manifest, { made, warnings }, signal);
  }
  return outcome;
}

/** Without it the first deployment asks for the consent that it is about. */
async function handOver(
  client: ClusterClient,
  manifest: Manifest,
  { made, warnings }: { made: KubernetesObject; warnings: string[] },
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await handOverImage(client, manifest, made, signal);
  } catch (error) {
    if (!(error instanceof DriverError)) {
      throw error;
    }
    warnings.push(
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
