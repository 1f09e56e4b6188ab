import { JsonObject } from './objects';

export interface StatusCause {
  reason?: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** A resource as error texts name it: `deployments` of group `apps`. */
export interface ResourceName {
  group: string;
  plural: string;
}

/**
 * An answer that is not the object asked for: the wire form is a `Status` of
 * API group v1 (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/).
 */
export class StatusError extends Error {
  constructor(
    readonly code: number,
    /** Undefined where the real server leaves it out (plain 500s). */
    readonly reason: string | undefined,
    message: string,
    readonly details?: StatusDetails,
    readonly continueToken?: string,
  ) {
    super(message);
    this.name = 'StatusError';
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continueToken ? { continue: this.continueToken } : {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: { ...this.details } as JsonObject }),
      code: this.code,
    };
  }
}

/** `deployments.apps`, `secrets`. */
export function qualifiedName(resource: ResourceName): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

/** details of one object, group left out for the core group. */
export function detailsOf(
  resource: { group: string },
  kind: string,
  name?: string,
): StatusDetails {
  return {
    ...(name !== undefined && { name }),
    ...(resource.group && { group: resource.group }),
    kind,
  };
}

export function notFound(resource: ResourceName, name: string): StatusError {
  return new StatusError(
    404,
    'NotFound',
    `${qualifiedName(resource)} "${name}" not found`,
    detailsOf(resource, resource.plural, name),
  );
}

export function alreadyExists(
  resource: ResourceName,
  name: string,
): StatusError {
  return new StatusError(
    409,
    'AlreadyExists',
    `${qualifiedName(resource)} "${name}" already exists`,
    detailsOf(resource, resource.plural, name),
  );
}

/** The optimistic lock: someone wrote since the caller read. */
export function staleVersion(
  resource: ResourceName,
  name: string,
): StatusError {
  return operationConflict(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

export function operationConflict(
  resource: ResourceName,
  name: string,
  why: string,
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedName(
      resource,
    )} "${name}": ${why}`,
    detailsOf(resource, resource.plural, name),
  );
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** One violated rule, in the words of the API server's field errors. */
export interface FieldError {
  field: string;
  type:
    | 'Required'
    | 'Invalid'
    | 'Forbidden'
    | 'NotSupported'
    | 'NotFound'
    | 'Duplicate';
  message: string;
}

const CAUSE_REASONS: Record<FieldError['type'], string> = {
  Required: 'FieldValueRequired',
  Invalid: 'FieldValueInvalid',
  Forbidden: 'FieldValueForbidden',
  NotSupported: 'FieldValueNotSupported',
  NotFound: 'FieldValueNotFound',
  Duplicate: 'FieldValueDuplicate',
};

/** 422 with one cause for each error. */
export function invalid(
  object: { group: string; kind: string; name: string },
  errors: FieldError[],
): StatusError {
  const subject = object.group ? `${object.kind}.${object.group}` : object.kind;
  const texts = errors.map(error => `${error.field}: ${error.message}`);
  // Kubernetes prints a repeated error once, but keeps both causes.
  const unique = [...new Set(texts)];
  const summary = unique.length === 1 ? unique[0] : `[${unique.join(', ')}]`;
  return new StatusError(
    422,
    'Invalid',
    `${subject} "${object.name}" is invalid: ${summary}`,
    {
      ...(object.name && { name: object.name }),
      ...(object.group && { group: object.group }),
      kind: object.kind,
      causes: errors.map(error => ({
        reason: CAUSE_REASONS[error.type],
        message: error.message,
        field: error.field,
      })),
    },
  );
}

/** What the sandbox does not simulate is said, not guessed. */
export function notSimulated(what: string): StatusError {
  return new StatusError(
    501,
    'NotImplemented',
    `the sandbox cluster does not simulate ${what}`,
  );
}
