import { IncomingHttpHeaders } from 'node:http';
import { assertAllowed } from '../access/rbac';
import { SandboxToken } from '../access/tokens';
import { isMap } from '../apply/field-set';
import { Cluster } from '../cluster';
import { JsonObject } from '../objects';
import {
  VERSION,
  apiGroup,
  coreVersions,
  groupList,
  resourceList,
} from '../resources/discovery';
import { pods } from '../resources/kinds';
import { StatusError, badRequest, notSimulated } from '../status';
import { deleteCollection, deleteObject } from './delete';
import { ApiPath, isNotSimulated, parseApiPath, verbOf } from './path';
import { podLog } from './pod-log';
import { getObject, listObjects, metadataOnly } from './read';
import { Answer, ResourceRequest, isOn, methodNotAllowed, ok } from './request';
import { reviewAccess, reviewIdentity, reviewRules } from './reviews';
import { scaleObject } from './scale';
import { WatchSink, watchObjects } from './watch';
import { createObject, patchObject, updateObject } from './write';

/** A request as it came in, its bearer known. */
export interface ApiRequest {
  cluster: Cluster;
  identity: SandboxToken;
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
  /** Opens the answer of a watch. */
  stream(): WatchSink & { onClose(listener: () => void): void };
}

/** Whether the request asks for a stream of changes. */
export function isWatch(method: string, url: URL): boolean {
  return method === 'GET' && isOn(url.searchParams, 'watch');
}

/**
 * Answers an API request; undefined when it was answered as a stream.
 *
 * @throws StatusError for every answer that is not the object asked for
 */
export function route(request: ApiRequest): Answer | undefined {
  const { method, url } = request;
  const fixed = fixedAnswer(request);
  if (fixed) {
    return fixed;
  }
  const path = parseApiPath(url.pathname);
  if (!path) {
    return pageNotFound();
  }
  const watching = isWatch(method, url);
  assertAllowed(request.identity, {
    ...path,
    verb: verbOf(method, path, watching),
    namespace:
      path.namespace ?? (path.plural === 'namespaces' ? path.name : undefined),
  });
  const review = reviewAnswer(request, path);
  if (review) {
    return review;
  }
  if (!path.resource || !request.cluster.kinds.includes(path.resource)) {
    return unknownResource(request, path);
  }
  assertAcceptable(request.headers.accept);
  const resourceRequest: ResourceRequest = {
    ...request,
    ...path,
    resource: path.resource,
    query: url.searchParams,
  };
  if (watching) {
    openWatch(request, resourceRequest);
    return undefined;
  }
  return reduced(request, dispatch(resourceRequest));
}

function fixedAnswer({
  url,
  method,
  cluster: { kinds },
}: ApiRequest): Answer | undefined {
  if (method !== 'GET') {
    return undefined;
  }
  const steps = url.pathname.split('/').filter(step => step !== '');
  switch (steps.join('/')) {
    case 'version':
      return ok(VERSION);
    case 'readyz':
    case 'livez':
    case 'healthz':
      return { status: 200, body: 'ok' };
    case 'api':
      return ok(coreVersions(url.host));
    case 'apis':
      return ok(groupList(kinds));
    default:
  }
  const isGroup = steps[0] === 'apis' && steps.length === 2;
  const isVersion =
    (steps[0] === 'apis' && steps.length === 3) ||
    (steps[0] === 'api' && steps.length === 2);
  const found =
    (isGroup && apiGroup(kinds, steps[1])) ||
    (isVersion && resourceList(kinds, steps.slice(1).join('/')));
  return found ? ok(found) : undefined;
}

function reviewAnswer(request: ApiRequest, path: ApiPath): Answer | undefined {
  const isReview =
    path.group === 'authorization.k8s.io' ||
    path.group === 'authentication.k8s.io';
  if (!isReview || request.method !== 'POST') {
    return undefined;
  }
  switch (path.plural) {
    case 'selfsubjectaccessreviews':
      return reviewAccess(request.identity, readObject(request.body));
    case 'selfsubjectrulesreviews':
      return reviewRules(request.identity, readObject(request.body));
    case 'selfsubjectreviews':
      return reviewIdentity(request.identity);
    default:
      throw notSimulated(`${path.plural} of ${path.group}`);
  }
}

function readObject(body: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(body);
    if (isMap(parsed)) {
      return parsed;
    }
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
  throw badRequest("couldn't get version/kind");
}

function unknownResource({ cluster }: ApiRequest, path: ApiPath): Answer {
  if (isNotSimulated(path)) {
    throw notSimulated(
      path.group ? `${path.plural} of ${path.group}` : path.plural,
    );
  }
  const version = path.group ? `${path.group}/${path.version}` : path.version;
  if (!resourceList(cluster.kinds, version)) {
    return pageNotFound();
  }
  throw new StatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

function pageNotFound(): Answer {
  return { status: 404, body: '404 page not found\n' };
}

function dispatch(request: ResourceRequest): Answer {
  const { method, name, resource, subresource } = request;
  if (subresource) {
    return dispatchSubresource(request);
  }
  switch (method) {
    case 'GET':
      return name ? getObject(request) : listObjects(request);
    case 'POST':
      if (name) {
        throw methodNotAllowed();
      }
      return createObject(request);
    case 'PUT':
      return updateObject(named(request));
    case 'PATCH':
      return patchObject(named(request));
    case 'DELETE':
      return name ? deleteObject(request) : deleteCollection(request);
    default:
      throw notSimulated(`${method} of ${resource.plural}`);
  }
}

function named(request: ResourceRequest): ResourceRequest {
  if (!request.name) {
    throw methodNotAllowed();
  }
  return request;
}

function dispatchSubresource(request: ResourceRequest): Answer {
  const { method, resource, subresource = '' } = request;
  if (subresource === 'log' && resource === pods && method === 'GET') {
    return podLog(request);
  }
  if (subresource === 'scale' && resource.subresources?.includes('scale')) {
    return scaleObject(request);
  }
  if (subresource === 'status' && method === 'GET') {
    return getObject(request);
  }
  throw notSimulated(`${method} of ${resource.plural}/${subresource}`);
}

function openWatch(
  request: ApiRequest,
  resourceRequest: ResourceRequest,
): void {
  const partial = wantsMetadata(request);
  let sink: ReturnType<ApiRequest['stream']> | undefined;
  const open = () => {
    sink ??= request.stream();
    return sink;
  };
  const close = watchObjects(resourceRequest, {
    send: event =>
      open().send({
        type: event.type,
        object:
          partial && event.type !== 'ERROR'
            ? metadataOnly(event.object as JsonObject)
            : event.object,
      }),
    end: () => open().end(),
  });
  open().onClose(close);
}

function wantsMetadata({ headers }: ApiRequest): boolean {
  return /as=PartialObjectMetadata/.test(headers.accept ?? '');
}

function reduced(request: ApiRequest, answer: Answer): Answer {
  const { body } = answer;
  const whole = wantsMetadata(request) && typeof body === 'object';
  return whole ? { ...answer, body: metadataOnly(body) } : answer;
}

/** @throws StatusError 406 if nothing that is asked for can be given */
function assertAcceptable(accept: string | undefined): void {
  const ranges = (accept ?? '*/*').split(',').map(range => range.trim());
  const fits = ranges.some(
    range =>
      /^(application\/json|application\/\*|\*\/\*)/.test(range) &&
      !/as=Table/.test(range),
  );
  if (fits) {
    return;
  }
  if (ranges.some(range => /as=Table/.test(range))) {
    throw notSimulated('tables');
  }
  // Log requests of some clients ask for text/plain.
  if (!ranges.some(range => range.startsWith('text/'))) {
    throw new StatusError(
      406,
      'NotAcceptable',
      '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      {},
    );
  }
}
