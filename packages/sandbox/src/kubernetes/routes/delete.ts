import { AnyObject, JsonObject, timestamp } from '../objects';
import { ResourceKind, namespaces, pods } from '../resources/kinds';
import { StatusError, detailsOf, notFound } from '../status';
import { selectorsOf } from './read';
import { Answer, ResourceRequest, isDryRun, ok } from './request';

interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** DELETE of one object. Pods end gracefully, others go at once. */
export function deleteObject(request: ResourceRequest): Answer {
  const { cluster, resource, namespace, name = '' } = request;
  const live = cluster.store.get(resource, namespace, name);
  if (!live) {
    throw notFound(resource, name);
  }
  const options = readOptions(request);
  assertPreconditions(resource, live, options);
  const dryRun = isDryRun(request, 'DeleteOptions');
  if (resource === pods && options.gracePeriodSeconds !== 0) {
    const grace =
      options.gracePeriodSeconds ??
      (live.spec as { terminationGracePeriodSeconds?: number })
        .terminationGracePeriodSeconds ??
      30;
    return ok(markDeleted(request, live, dryRun, grace));
  }
  if (options.propagationPolicy === 'Foreground' || resource === namespaces) {
    return ok(markDeleted(request, live, dryRun));
  }
  if (!dryRun) {
    cluster.store.remove(resource, namespace, name);
  }
  return ok({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      ...detailsOf(resource, resource.plural, name),
      uid: live.metadata.uid,
    },
  });
}

/** DELETE of a collection, chosen by selectors. */
export function deleteCollection(request: ResourceRequest): Answer {
  const { cluster, resource, namespace } = request;
  const chosen = cluster.store
    .list(resource, namespace)
    .filter(selectorsOf(request));
  for (const object of chosen) {
    deleteObject({
      ...request,
      namespace: object.metadata.namespace,
      name: object.metadata.name,
    });
  }
  return ok({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
  });
}

function readOptions({ body, query }: ResourceRequest): DeleteOptions {
  const given = (body ? JSON.parse(body) : {}) as JsonObject & DeleteOptions;
  const grace = query.get('gracePeriodSeconds');
  return {
    gracePeriodSeconds:
      grace === null ? given.gracePeriodSeconds : Number(grace),
    propagationPolicy:
      query.get('propagationPolicy') ?? given.propagationPolicy,
    preconditions: given.preconditions,
  };
}

function assertPreconditions(
  resource: ResourceKind,
  live: AnyObject,
  { preconditions }: DeleteOptions,
): void {
  const { name, uid, resourceVersion } = live.metadata;
  const checks = [
    ['UID', preconditions?.uid, uid],
    ['ResourceVersion', preconditions?.resourceVersion, resourceVersion],
  ] as const;
  const failed = checks.find(([, asked, actual]) => asked && asked !== actual);
  if (failed) {
    const [field, asked, actual] = failed;
    const subject = resource.group
      ? `${resource.kind}.${resource.group}`
      : resource.kind;
    throw new StatusError(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${subject} "${name}": the ${field} in the precondition (${asked}) does not match the ${field} in record (${actual}). The object might have been deleted and then recreated`,
      detailsOf(resource, resource.kind, name),
    );
  }
}

function markDeleted(
  request: ResourceRequest,
  live: AnyObject,
  dryRun: boolean,
  gracePeriodSeconds?: number,
): AnyObject {
  const { cluster, resource } = request;
  if (live.metadata.deletionTimestamp) {
    return live;
  }
  const when = new Date(Date.now() + (gracePeriodSeconds ?? 0) * 1000);
  const marked: AnyObject = {
    ...live,
    metadata: {
      ...live.metadata,
      deletionTimestamp: timestamp(when),
      ...(gracePeriodSeconds === undefined
        ? resource !== namespaces && {
            deletionGracePeriodSeconds: 0,
            finalizers: [
              ...(live.metadata.finalizers ?? []),
              'foregroundDeletion',
            ],
          }
        : { deletionGracePeriodSeconds: gracePeriodSeconds }),
    },
    ...(resource === namespaces && { status: { phase: 'Terminating' } }),
  };
  return cluster.replace(resource, live, marked, dryRun);
}
