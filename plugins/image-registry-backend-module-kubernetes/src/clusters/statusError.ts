import { FieldOwner } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  DriverErrorCode,
  RefusedField,
} from '@slipway/backstage-plugin-image-registry-node';

/** The API server's own error object, as far as it is read. */
export interface KubernetesStatus {
  kind?: string;
  message?: string;
  reason?: string;
  code?: number;
  details?: {
    retryAfterSeconds?: number;
    causes?: Array<{ reason?: string; message?: string; field?: string }>;
  };
}

/** What the API server answered instead of what was asked for. */
export interface RefusedAnswer {
  cluster: string;
  statusCode: number;
  /** The body as text; a Status object in JSON, or not. */
  body: string;
  retryAfter?: string;
  now?: number;
}

/** Turns a refusal into a DriverError in the API server's words. */
export function toDriverError(answer: RefusedAnswer): DriverError {
  const status = parseStatus(answer.body);
  const code = codeOf(answer.statusCode, status);
  const words =
    status?.message ?? `HTTP ${answer.statusCode} ${firstLine(answer.body)}`;
  return new DriverError(code, sentence(code, answer.cluster, words.trim()), {
    owners: code === 'field-conflict' ? conflictOwners(status) : undefined,
    fields: refusedFields(status),
    retryAfterMs: retryAfterMs(answer, status),
  });
}

function codeOf(
  statusCode: number,
  status: KubernetesStatus | undefined,
): DriverErrorCode {
  switch (statusCode) {
    case 401:
      return 'unauthenticated';
    case 403:
      return isAdmissionRefusal(status) ? 'invalid' : 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      // Both kinds of 409 say reason Conflict; only the causes differ.
      return isFieldConflict(status) ? 'field-conflict' : 'stale';
    case 410:
      return 'stale';
    case 429:
      return 'rate-limited';
    default:
      break;
  }
  if (statusCode === 500 && isTypedPatchFailure(status)) {
    return 'invalid';
  }
  return statusCode >= 500 ? 'server-error' : 'invalid';
}

/**
 * Policies, quotas, limits and namespaces that end say "is forbidden" too; a
 * missing permission always names the user.
 */
function isAdmissionRefusal(status: KubernetesStatus | undefined): boolean {
  const { message = '' } = status ?? {};
  return (
    /is forbidden:|denied (the )?request/.test(message) &&
    !/\bUser "[^"]*" cannot /.test(message)
  );
}

/**
 * What cannot be merged is a 500 without reason in an apply: a field that the
 * schema lacks, or an object with two items of one key.
 */
function isTypedPatchFailure(status: KubernetesStatus | undefined): boolean {
  return (
    status?.reason === undefined &&
    /typed patch object|to smd typed/.test(status?.message ?? '')
  );
}

function isFieldConflict(status: KubernetesStatus | undefined): boolean {
  return (status?.details?.causes ?? []).some(
    cause => cause.reason === 'FieldManagerConflict',
  );
}

function conflictOwners(status: KubernetesStatus | undefined): FieldOwner[] {
  const owners = new Map<string, FieldOwner>();
  for (const cause of status?.details?.causes ?? []) {
    const manager = /^conflict with "([^"]+)"/.exec(cause.message ?? '')?.[1];
    if (cause.reason === 'FieldManagerConflict' && manager !== undefined) {
      // Only a manager that did not use apply is told with its API version.
      const operation = / using /.test(cause.message ?? '')
        ? 'Update'
        : 'Apply';
      owners.set(`${manager}/${operation}`, { manager, operation });
    }
  }
  return [...owners.values()];
}

/** Also of a 403: a namespace that ends is told at its field. */
function refusedFields(
  status: KubernetesStatus | undefined,
): RefusedField[] | undefined {
  return status?.details?.causes?.map(({ field, message }) => ({
    field,
    message: message ?? status.message ?? '',
  }));
}

function sentence(
  code: DriverErrorCode,
  cluster: string,
  words: string,
): string {
  switch (code) {
    case 'unauthenticated':
      return `Cluster ${cluster} does not accept the configured credentials: ${words}`;
    case 'rate-limited':
      return `Cluster ${cluster} asks to wait: ${words}`;
    case 'server-error':
      return `Cluster ${cluster} failed to answer: ${words}`;
    default:
      return `Cluster ${cluster}: ${words}`;
  }
}

/** What a server may ask for beyond this, in ms, is a mistake. */
const LONGEST_RETRY_AFTER_MS = 10 * 60 * 1000;

function retryAfterMs(
  answer: RefusedAnswer,
  status: KubernetesStatus | undefined,
): number | undefined {
  const asked = askedToWaitMs(answer, status);
  return asked === undefined
    ? undefined
    : Math.min(asked, LONGEST_RETRY_AFTER_MS);
}

function askedToWaitMs(
  answer: RefusedAnswer,
  status: KubernetesStatus | undefined,
): number | undefined {
  const header = answer.retryAfter?.trim();
  if (header && /^\d+$/.test(header)) {
    return Number(header) * 1000;
  }
  const date = header ? Date.parse(header) : NaN;
  if (!Number.isNaN(date)) {
    return Math.max(0, date - (answer.now ?? Date.now()));
  }
  const seconds = status?.details?.retryAfterSeconds;
  return seconds === undefined ? undefined : seconds * 1000;
}

function parseStatus(body: string): KubernetesStatus | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null
      ? (parsed as KubernetesStatus)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Of a body that is not the API server's, such as a proxy's page. */
function firstLine(body: string): string {
  return body.split('\n', 1)[0].slice(0, 200);
}
