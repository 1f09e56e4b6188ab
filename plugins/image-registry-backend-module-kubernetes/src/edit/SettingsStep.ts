import {
  FieldProblem,
  Manifest,
  WorkloadSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import { ClusterClient } from '../clusters';
import { applyNew } from '../create/applyNew';
import { isOurs } from '../create/isOurs';
import { objectPath } from '../create/objectPath';
import { KubernetesObject } from '../workloads/objects';
import { Applied } from './applyOwn';

/** One object that a change of settings is about. */
export interface SettingsStep {
  /** As it was read; absent for what is new. */
  before?: KubernetesObject;
  /** @throws DriverError that may pass by itself, or `stale` */
  apply(options: { dryRun: boolean }): Promise<Applied>;
}

/** Makes an object that there was none of. */
export function creation(
  client: ClusterClient,
  manifest: Manifest,
  { volumes }: Pick<WorkloadSettings, 'volumes'>,
  signal?: AbortSignal,
): SettingsStep {
  const { kind, metadata, spec } = manifest;
  return {
    async apply({ dryRun }) {
      // Made before something else failed: the same form goes on.
      if (await isOurs(client, manifest, signal)) {
        return { kind, problems: [], warnings: [], changes: [] };
      }
      const plan = { volumes };
      const outcome = await applyNew(client, plan, manifest, {
        dryRun,
        signal,
      });
      return {
        kind,
        problems: 'problems' in outcome ? inForm(kind, outcome.problems) : [],
        warnings: outcome.warnings,
        changes: [
          { kind, path: 'metadata.name', to: metadata.name },
          { kind, path: 'spec', to: JSON.stringify(spec) },
        ],
      };
    },
  };
}

/** Its name has no field; the switch that asks for it has. */
function inForm(
  kind: Manifest['kind'],
  problems: readonly FieldProblem[],
): FieldProblem[] {
  const asked = kind === 'Service' ? 'service' : 'ingress';
  return problems.map(({ path, reason }) => ({
    path: path === 'name' ? asked : path,
    reason,
  }));
}

/**
 * Takes an object away that was made with the workload. That the server lets
 * it go is not rehearsed.
 */
export function removal(
  client: ClusterClient,
  manifest: Manifest,
  signal?: AbortSignal,
): SettingsStep {
  const { kind, metadata } = manifest;
  return {
    async apply({ dryRun }) {
      if (!dryRun) {
        await client.text({
          method: 'DELETE',
          path: objectPath(manifest),
          query: { propagationPolicy: 'Background' },
          signal,
        });
      }
      return {
        kind,
        problems: [],
        warnings: [],
        changes: [{ kind, path: 'metadata.name', from: metadata.name }],
      };
    },
  };
}
