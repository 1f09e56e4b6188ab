import { withQuotaStatus } from '../admission/quota';
import { AnyObject, JsonObject } from '../objects';
import { apiVersionOf, resourceQuotas } from '../resources/kinds';
import { StatusError, badRequest, invalid, notFound } from '../status';
import { keyOf } from '../storage/object-table';
import {
  Predicate,
  parseFieldSelector,
  parseLabelSelector,
} from '../storage/selectors';
import { Answer, ResourceRequest, ok } from './request';

/** GET of one object. */
export function getObject(request: ResourceRequest): Answer {
  const { cluster, resource, namespace, name = '' } = request;
  const object = cluster.store.get(resource, namespace, name);
  if (!object) {
    throw notFound(resource, name);
  }
  return ok(counted(request, object));
}

/** Nobody counts what quotas have used until someone looks. */
function counted(
  { cluster, resource }: ResourceRequest,
  object: AnyObject,
): AnyObject {
  return resource === resourceQuotas
    ? withQuotaStatus(cluster.store, object)
    : object;
}

/** GET of a collection, in pages if the caller asks for them. */
export function listObjects(request: ResourceRequest): Answer {
  const { cluster, resource, namespace, query } = request;
  assertListOptions(query);
  const page = readPage(request);
  const state =
    page.revision === undefined
      ? cluster.store.list(resource, namespace)
      : cluster.store.listAt(resource, namespace, page.revision);
  if (!state) {
    throw expiredList(page.start);
  }
  const matching = state
    .filter(selectorsOf(request))
    .filter(
      object =>
        page.start === undefined || keyIn(object, namespace) > page.start,
    );
  const items = matching.slice(0, page.limit);
  const revision = page.revision ?? cluster.store.currentRevision;
  const remaining = matching.length - items.length;
  return ok({
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: String(revision),
      ...(remaining > 0 && {
        continue: encodeToken(
          revision,
          keyIn(items[items.length - 1], namespace),
        ),
        // With selectors the server does not know what is left.
        ...(!hasSelectors(query) && { remainingItemCount: remaining }),
      }),
    },
    items: items.map(object => withoutTypeMeta(counted(request, object))),
  });
}

/** Items of a list carry neither kind nor apiVersion. */
function withoutTypeMeta(object: AnyObject): object {
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object;
  return rest;
}

/** labelSelector and fieldSelector of a list or watch. */
export function selectorsOf(request: ResourceRequest): Predicate {
  const { query, resource } = request;
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(
    query.get('fieldSelector') ?? '',
    resource.kind,
  );
  return object => labels(object) && fields(object);
}

function hasSelectors(query: URLSearchParams): boolean {
  return Boolean(query.get('labelSelector') || query.get('fieldSelector'));
}

/** Continue tokens name keys relative to what was listed. */
function keyIn(object: AnyObject, namespace: string | undefined): string {
  const { namespace: home, name } = object.metadata;
  return namespace ? name : keyOf(home, name);
}

interface Page {
  limit: number;
  /** List as of this revision. */
  revision?: number;
  /** Begin after this key. */
  start?: string;
}

function readPage({ query, cluster }: ResourceRequest): Page {
  const limit = Number(query.get('limit') ?? 0) || Number.POSITIVE_INFINITY;
  const token = query.get('continue');
  if (token) {
    const { revision, start } = decodeToken(token);
    return revision < 0
      ? { limit, start }
      : { limit, start, revision: assertKept(revision, cluster, start) };
  }
  const asked = query.get('resourceVersion');
  if (asked && query.get('resourceVersionMatch') === 'Exact') {
    return { limit, revision: parseRevision(asked) };
  }
  if (asked && parseRevision(asked) > cluster.store.currentRevision) {
    throw tooLarge(parseRevision(asked), cluster.store.currentRevision);
  }
  return { limit };
}

function assertKept(
  revision: number,
  cluster: ResourceRequest['cluster'],
  start: string,
): number {
  if (revision < cluster.store.oldestRevision) {
    throw expiredList(start);
  }
  return revision;
}

/** @throws StatusError 500, in the words of Go's parser (recorded: 02) */
export function parseRevision(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new StatusError(
      500,
      undefined,
      `resourceVersion: Invalid value: ${JSON.stringify(
        text,
      )}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

function tooLarge(asked: number, current: number): StatusError {
  return new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}

/** Continue tokens keep the form of Kubernetes: clients must not read them. */
function encodeToken(revision: number, start: string): string {
  return Buffer.from(
    JSON.stringify({
      v: 'meta.k8s.io/v1',
      rv: revision,
      start: `/${start}\u0000`,
    }),
  ).toString('base64url');
}

function decodeToken(token: string): { revision: number; start: string } {
  try {
    const { rv, start } = JSON.parse(
      Buffer.from(token, 'base64url').toString(),
    ) as { rv: number; start: string };
    return {
      revision: rv,
      start: start.replace('/', '').replace('\u0000', ''),
    };
  } catch (error) {
    throw badRequest(
      `invalid continue token: continue key is not valid: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
}

function expiredList(start: string | undefined): StatusError {
  return start === undefined
    ? new StatusError(
        410,
        'Expired',
        'The resourceVersion for the provided list is too old.',
      )
    : new StatusError(
        410,
        'Expired',
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
        undefined,
        encodeToken(-1, start),
      );
}

/** @throws StatusError 422 for parameters that contradict each other */
export function assertListOptions(query: URLSearchParams): void {
  const match = query.get('resourceVersionMatch');
  const isInitial = query.get('sendInitialEvents') !== null;
  const problem = isInitial
    ? match !== 'NotOlderThan' &&
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
    : match !== null &&
      !query.get('resourceVersion') &&
      'resourceVersionMatch is forbidden unless resourceVersion is provided';
  if (problem) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions', name: '' }, [
      {
        field: 'resourceVersionMatch',
        type: 'Forbidden',
        message: `Forbidden: ${problem}`,
      },
    ]);
  }
}

/** Body as PartialObjectMetadata, of an object or a list. */
export function metadataOnly(body: JsonObject): JsonObject {
  if (Array.isArray(body.items)) {
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata: body.metadata,
      items: body.items.map(item => metadataOnly(item as JsonObject)),
    };
  }
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: body.metadata,
  };
}
