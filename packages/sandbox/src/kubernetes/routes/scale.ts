import { AnyObject, LabelSelector } from '../objects';
import { mergePatch } from '../patch/merge-patch';
import { apiVersionOf } from '../resources/kinds';
import { notFound, staleVersion } from '../status';
import {
  Answer,
  ResourceRequest,
  isDryRun,
  managerName,
  methodNotAllowed,
  ok,
  parseObject,
} from './request';

interface Scale {
  metadata?: { resourceVersion?: string };
  spec?: { replicas?: number };
}

/** The scale subresource: replicas as a resource of their own. */
export function scaleObject(request: ResourceRequest): Answer {
  const { cluster, resource, namespace, name = '', method } = request;
  const live = cluster.store.get(resource, namespace, name);
  if (!live) {
    throw notFound(resource, name);
  }
  if (method === 'GET') {
    return ok(scaleOf(live));
  }
  if (method !== 'PATCH' && method !== 'PUT') {
    throw methodNotAllowed();
  }
  const body = parseObject(request);
  const scale = (
    method === 'PUT' ? body : mergePatch(scaleOf(live), body)
  ) as Scale;
  const version = scale.metadata?.resourceVersion;
  if (version && version !== live.metadata.resourceVersion) {
    throw staleVersion(resource, name);
  }
  const updated = cluster.update(
    resource,
    live,
    {
      ...live,
      spec: { ...(live.spec as object), replicas: scale.spec?.replicas ?? 0 },
    },
    {
      manager: {
        name: managerName(request),
        operation: 'Update',
        apiVersion: apiVersionOf(resource),
        subresource: 'scale',
      },
      dryRun: isDryRun(request, 'PatchOptions'),
    },
  );
  return ok(scaleOf(updated));
}

function scaleOf(object: AnyObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const spec = object.spec as { replicas: number; selector: LabelSelector };
  const status = object.status as { replicas?: number };
  const labels = Object.entries(spec.selector.matchLabels ?? {});
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: {
      replicas: status.replicas ?? 0,
      selector: labels.map(([key, value]) => `${key}=${value}`).join(','),
    },
  };
}
