import {
  FieldProblem,
  formPathOf,
  kubernetesReason,
  Manifest,
  PORTAL_CREATE_MANAGER,
  Reason,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { cannotRehearse } from '../clusters/unableServer';
import { KubernetesObject } from '../workloads/objects';
import { objectPath } from './objectPath';

/**
 * What came of one object; nothing is `made` where a cluster could not rehearse
 * it.
 */
export type ApplyOutcome =
  | { made?: KubernetesObject; warnings: string[] }
  | { problems: FieldProblem[]; reason: Reason; warnings: string[] };

/**
 * Applies an object that must not exist yet. What the server refuses for good
 * is an answer, each refusal at its field of the form.
 * @throws DriverError that may pass by itself
 */
export async function applyNew(
  client: ClusterClient,
  plan: Pick<WorkloadPlan, 'volumes'>,
  manifest: Manifest,
  options: { dryRun: boolean; signal?: AbortSignal },
): Promise<ApplyOutcome> {
  const warnings: string[] = [];
  let isNew = false;
  try {
    const made = await client.json<KubernetesObject>({
      method: 'PATCH',
      path: objectPath(manifest),
      query: {
        fieldManager: PORTAL_CREATE_MANAGER,
        dryRun: options.dryRun ? 'All' : undefined,
      },
      apply: manifest,
      onWarning: text => warnings.push(text),
      onCreated: () => {
        isNew = true;
      },
      signal: options.signal,
    });
    return isNew
      ? { made, warnings }
      : { ...alreadyThere(plan, manifest), warnings };
  } catch (error) {
    if (!(error instanceof DriverError)) {
      throw error;
    }
    if (options.dryRun && cannotRehearse(error)) {
      return withoutRehearsal(client, plan, manifest, {
        signal: options.signal,
        warnings: [...warnings, error.message],
      });
    }
    // The fields of an object that exists belong to whoever made it.
    if (error.code === 'field-conflict') {
      return { ...alreadyThere(plan, manifest), warnings };
    }
    if (error.transient) {
      throw error;
    }
    return { ...refused(plan, manifest, error), warnings };
  }
}

/** Whether it is free to be made is all that such a cluster can tell. */
async function withoutRehearsal(
  client: ClusterClient,
  plan: Pick<WorkloadPlan, 'volumes'>,
  manifest: Manifest,
  { signal, warnings }: { signal?: AbortSignal; warnings: string[] },
): Promise<ApplyOutcome> {
  try {
    await client.json({ path: objectPath(manifest), signal });
  } catch (error) {
    if (error instanceof DriverError && error.code === 'not-found') {
      return { warnings };
    }
    throw error;
  }
  return { ...alreadyThere(plan, manifest), warnings };
}

function alreadyThere(
  plan: Pick<WorkloadPlan, 'volumes'>,
  manifest: Manifest,
): { problems: FieldProblem[]; reason: Reason } {
  const { kind, metadata } = manifest;
  const reason = kubernetesReason('object-exists', {
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
  });
  const path = formPathOf(plan, manifest, 'metadata.name');
  return { problems: [{ path, reason }], reason };
}

function refused(
  plan: Pick<WorkloadPlan, 'volumes'>,
  manifest: Manifest,
  error: DriverError,
): { problems: FieldProblem[]; reason: Reason } {
  const reason = kubernetesReason('refused-by-server', {
    detail: error.message,
  });
  const named = (error.fields ?? []).filter(({ field }) => field !== undefined);
  const problems = named.map(({ field, message }) => ({
    path: formPathOf(plan, manifest, field),
    reason: kubernetesReason('refused-by-server', { detail: message }),
  }));
  return {
    problems: problems.length > 0 ? problems : [{ path: '', reason }],
    reason,
  };
}
