import { IncomingHttpHeaders } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { SandboxToken } from '../access/tokens';
import { isMap } from '../apply/field-set';
import { Cluster } from '../cluster';
import { Json, JsonObject } from '../objects';
import { ResourceKind } from '../resources/kinds';
import { StatusError, badRequest, invalid } from '../status';

/** One request on a stored kind, parsed. */
export interface ResourceRequest {
  cluster: Cluster;
  identity: SandboxToken;
  method: string;
  resource: ResourceKind;
  namespace?: string;
  name?: string;
  subresource?: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a route answers; text is sent as it is. */
export interface Answer {
  status: number;
  body?: JsonObject | string;
  headers?: { [name: string]: string };
}

export function ok(body: object, status = 200): Answer {
  return { status, body: body as JsonObject };
}

export function contentTypeOf(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
}

/**
 * The body as JSON; YAML is read too, as the API server does.
 *
 * @throws StatusError 400 if it is neither
 */
export function parseBody(request: ResourceRequest): Json {
  try {
    return isYaml(request.headers)
      ? (parseYaml(request.body) as Json)
      : (JSON.parse(request.body) as Json);
  } catch (error) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${
        request.resource.kind
      }): couldn't get version/kind; json parse error: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
}

/** @throws StatusError 400 if the body is no object */
export function parseObject(request: ResourceRequest): JsonObject {
  const body = parseBody(request);
  if (!isMap(body)) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${request.resource.kind})`,
    );
  }
  return body;
}

function isYaml(headers: IncomingHttpHeaders): boolean {
  return contentTypeOf(headers).endsWith('yaml');
}

/** `true`, `1` and a bare parameter mean yes. */
export function isOn(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && ['', '1', 'true'].includes(value.toLowerCase());
}

/**
 * Whether the request is a rehearsal.
 *
 * @throws StatusError 422 for a value that Kubernetes does not know
 */
export function isDryRun(request: ResourceRequest, options: string): boolean {
  const values = request.query.getAll('dryRun');
  if (values.some(value => value !== 'All')) {
    throw invalid({ group: 'meta.k8s.io', kind: options, name: '' }, [
      {
        field: 'dryRun',
        type: 'NotSupported',
        message: `Unsupported value: ${JSON.stringify(
          values,
        )}: supported values: "All"`,
      },
    ]);
  }
  return values.length > 0;
}

/** The name that owns what this request writes. */
export function managerName(request: ResourceRequest): string {
  const agent = request.headers['user-agent']?.split('/')[0];
  return request.query.get('fieldManager') ?? (agent || 'unknown');
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}
