import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonObject, ManagedFieldsEntry } from '../objects';

/** A request and its answer, as a real 1.36 API server gave it. */
export interface Exchange {
  note: string;
  request: {
    method: string;
    path: string;
    contentType?: string;
    accept?: string;
    /** It was sent as a service account of few rights. */
    token?: boolean;
    body?: unknown;
  };
  response: {
    status: number;
    headers?: { [name: string]: string };
    body?: unknown;
  };
}

export interface RecordedEvent {
  type: string;
  object: JsonObject;
}

// eslint-disable-next-line no-restricted-syntax -- only tests read these, from the source tree
const FIXTURES = join(__dirname, '..', '__fixtures__');

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'));
}

export function readExchanges(name: string): Exchange[] {
  return read(name) as Exchange[];
}

/** Events of a recorded scenario, by what was watched. */
export function readWatches(name: string): {
  [watched: string]: RecordedEvent[];
} {
  return read(`${name}-watch`) as { [watched: string]: RecordedEvent[] };
}

/**
 * The part of an answer that must be the same on every cluster: names of
 * generated objects, times, versions and the progress of controllers differ.
 */
export function comparableBody(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) {
    return body;
  }
  const object = body as JsonObject;
  if (object.kind === 'Status') {
    return normalized(object);
  }
  if (Array.isArray(object.items)) {
    return {
      kind: object.kind,
      remaining: (object.metadata as JsonObject).remainingItemCount,
      continues: (object.metadata as JsonObject).continue !== undefined,
      names: object.items.map(
        item => ((item as JsonObject).metadata as JsonObject).name,
      ),
    };
  }
  if (String(object.kind).endsWith('AccessReview')) {
    const { allowed } = object.status as JsonObject;
    return { kind: object.kind, spec: object.spec, allowed };
  }
  const { status: _status, metadata, ...rest } = object;
  return normalized({ ...rest, metadata: comparableMetadata(metadata) });
}

function comparableMetadata(metadata: unknown): JsonObject {
  const { name, namespace, generation, labels, annotations, managedFields } =
    (metadata ?? {}) as JsonObject;
  return {
    name,
    namespace,
    generation,
    labels,
    annotations: withoutBookkeeping(annotations),
    managedFields: (
      managedFields as unknown as ManagedFieldsEntry[] | undefined
    )
      ?.filter(entry => entry.subresource !== 'status')
      .map(({ manager, operation, apiVersion, subresource, fieldsV1 }) => ({
        manager,
        operation,
        apiVersion,
        ...(subresource && { subresource }),
        fieldsV1,
      }))
      .sort((left, right) =>
        JSON.stringify(left) < JSON.stringify(right) ? -1 : 1,
      ) as unknown as JsonObject[],
  };
}

function withoutBookkeeping(annotations: unknown): JsonObject | undefined {
  const left = Object.entries((annotations ?? {}) as JsonObject).filter(
    ([name]) =>
      name !== 'deployment.kubernetes.io/revision' &&
      name !== 'kubectl.kubernetes.io/last-applied-configuration',
  );
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Replaces what is made up by chance. */
export function normalized<T>(value: T): T {
  const text = JSON.stringify(value, (_key, entry) => entry ?? undefined);
  return JSON.parse(
    text
      .replace(UID, '<uid>')
      .replace(/current: \d+/g, 'current: <revision>')
      .replace(
        /\b([a-z]+)-[bcdf-hj-np-tv-z0-9]{6,10}(?:-[bcdf-hj-np-tv-z0-9]{5})?\b/g,
        '$1-<hash>',
      ),
  ) as T;
}
