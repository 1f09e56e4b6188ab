import {
  ChangedSetting,
  FieldProblem,
  formPathOf,
  kubernetesReason,
  Manifest,
  PORTAL_CREATE_MANAGER,
  PORTAL_FIELD_MANAGER,
  WorkloadSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  RefusedField,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { namedOwner } from '../workloads/managedBy';
import { KubernetesObject } from '../workloads/objects';
import { OwnFields, ownFields } from './fieldTree';
import { settingPathOf } from './settingPaths';

/** One object of a component, and what it is to be. */
export interface OwnApply {
  kind: Manifest['kind'];
  apiVersion: string;
  path: string;
  /** As it was read. */
  object: KubernetesObject;
  /** Puts the change into what the portal owns of it. */
  edited(own: OwnFields): object;
  settings: WorkloadSettings;
  dryRun: boolean;
  signal?: AbortSignal;
}

/** What came of it. */
export interface Applied {
  kind: OwnApply['kind'];
  /** As it is then; absent when it was refused. */
  object?: KubernetesObject;
  /** Where they do not follow from the object. */
  changes?: ChangedSetting[];
  problems: FieldProblem[];
  warnings: string[];
}

/**
 * Applies what the portal owns of an object, changed. Only fields that another
 * manager of the portal holds are taken over: a stop writes replicas, too.
 * @throws DriverError that may pass by itself, or `stale`
 */
export async function applyOwn(
  client: ClusterClient,
  apply: OwnApply,
): Promise<Applied> {
  try {
    return await send(client, apply, false);
  } catch (error) {
    if (!(error instanceof DriverError) || !isOnlyOurs(error)) {
      return refusal(apply, error);
    }
  }
  try {
    return await send(client, apply, true);
  } catch (error) {
    return refusal(apply, error);
  }
}

async function send(
  client: ClusterClient,
  { kind, apiVersion, path, object, edited, dryRun, signal }: OwnApply,
  force: boolean,
): Promise<Applied> {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const own = ownFields(object, PORTAL_CREATE_MANAGER);
  const warnings: string[] = [];
  const written = await client.json<KubernetesObject>({
    method: 'PATCH',
    path,
    query: {
      fieldManager: PORTAL_CREATE_MANAGER,
      force: force || undefined,
      dryRun: dryRun ? 'All' : undefined,
    },
    apply: {
      apiVersion,
      kind,
      // The uid keeps it from making anew what was deleted meanwhile.
      metadata: {
        ...own.metadata,
        name,
        namespace,
        uid,
        resourceVersion: dryRun ? undefined : resourceVersion,
      },
      ...edited(own),
    },
    onWarning: text => warnings.push(text),
    signal,
  });
  return { kind, object: written, problems: [], warnings };
}

function isOnlyOurs({ code, owners = [] }: DriverError): boolean {
  return (
    code === 'field-conflict' &&
    owners.length > 0 &&
    owners.every(({ manager }) => manager.startsWith(PORTAL_FIELD_MANAGER))
  );
}

/** @throws the error, when it says nothing against the settings */
function refusal(apply: OwnApply, error: unknown): Applied {
  const isAnswer =
    error instanceof DriverError &&
    !error.transient &&
    error.code !== 'stale' &&
    error.code !== 'unauthenticated';
  if (!isAnswer) {
    throw error;
  }
  const problemOf =
    error.code === 'field-conflict' ? conflictProblem : refusedProblem;
  const problems = (error.fields ?? [])
    .filter(({ field }) => field !== undefined)
    .map(each => problemOf(apply, each));
  const whole = {
    path: '',
    reason: kubernetesReason('refused-by-server', { detail: error.message }),
  };
  return {
    kind: apply.kind,
    problems: problems.length > 0 ? problems : [whole],
    warnings: [],
  };
}

function conflictProblem(
  { settings }: OwnApply,
  { field = '', message }: RefusedField,
): FieldProblem {
  const manager = /^conflict with "([^"]+)"/.exec(message)?.[1] ?? message;
  const operation = / using /.test(message) ? 'Update' : 'Apply';
  return {
    path: settingPathOf(field, settings),
    reason: kubernetesReason('field-owned', {
      field: field.replace(/^\./, ''),
      owner: namedOwner({ manager, operation }).title,
    }),
  };
}

function refusedProblem(
  { kind, object }: OwnApply,
  { field, message }: RefusedField,
): FieldProblem {
  const { name, namespace } = object.metadata;
  const manifest = {
    kind,
    metadata: { name, namespace, labels: {}, annotations: {} },
  };
  return {
    path: formPathOf({ volumes: [] }, manifest, field),
    reason: kubernetesReason('refused-by-server', { detail: message }),
  };
}
