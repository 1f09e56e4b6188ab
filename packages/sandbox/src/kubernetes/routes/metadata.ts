import { uidMismatch } from '../admission/validation';
import { AnyObject, ObjectMeta } from '../objects';
import { badRequest, staleVersion } from '../status';
import { ResourceRequest } from './request';

export function assertNameMatches(
  request: ResourceRequest,
  metadata: Partial<ObjectMeta> | undefined,
): void {
  const name = metadata?.name;
  if (name !== undefined && name !== request.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${request.name})`,
    );
  }
}

export function assertNamespaceMatches(
  request: ResourceRequest,
  metadata: Partial<ObjectMeta>,
): void {
  if (
    metadata.namespace !== undefined &&
    metadata.namespace !== request.namespace
  ) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
}

/** The optimistic lock and the identity that the caller asks for. */
export function assertVersion(
  request: ResourceRequest,
  live: AnyObject,
  given: Partial<ObjectMeta> | undefined,
): void {
  const { resource, name = '' } = request;
  if (
    given?.resourceVersion &&
    given.resourceVersion !== live.metadata.resourceVersion
  ) {
    throw staleVersion(resource, name);
  }
  if (given?.uid && given.uid !== live.metadata.uid) {
    throw uidMismatch(resource, name, given.uid);
  }
}

/** Puts back what a caller cannot change: identity, bookkeeping, status. */
export function restored(next: AnyObject, live: AnyObject): AnyObject {
  const {
    name,
    namespace,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  } = live.metadata;
  return {
    ...next,
    kind: live.kind,
    apiVersion: live.apiVersion,
    metadata: {
      ...next.metadata,
      name,
      namespace,
      uid,
      resourceVersion,
      generation,
      creationTimestamp,
      deletionTimestamp,
      deletionGracePeriodSeconds,
    },
    ...(live.status !== undefined && { status: live.status }),
  };
}

export function withIdentity(
  object: AnyObject,
  request: ResourceRequest,
): AnyObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      name: request.name ?? '',
      ...(request.resource.namespaced && { namespace: request.namespace }),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
    },
  };
}

export function withoutVersion(object: AnyObject): AnyObject {
  const { resourceVersion: _resourceVersion, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as ObjectMeta };
}
