import { sameJson } from '../apply/compare';
import { isMap } from '../apply/field-set';
import { Json } from '../objects';
import { StatusError, badRequest } from '../status';

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: Json;
}

/**
 * JSON patch, RFC 6902.
 *
 * @throws StatusError 422 if an operation cannot be carried out or a test fails
 */
export function jsonPatch(target: Json, patch: Json): Json {
  if (!Array.isArray(patch)) {
    throw badRequest('error decoding patch: a JSON patch is a list');
  }
  const document = { root: structuredClone(target) };
  for (const operation of patch) {
    apply(document, operation as unknown as Operation);
  }
  return document.root;
}

function apply(document: { root: Json }, operation: Operation): void {
  const path = parsePointer(operation.path);
  switch (operation.op) {
    case 'test':
      if (!sameJson(read(document.root, path), operation.value)) {
        throw rejected();
      }
      break;
    case 'add':
      insert(document, path, operation.value ?? null);
      break;
    case 'replace':
      read(document.root, path);
      remove(document, path);
      insert(document, path, operation.value ?? null);
      break;
    case 'remove':
      remove(document, path);
      break;
    case 'copy':
    case 'move': {
      const from = parsePointer(operation.from ?? '');
      const value = structuredClone(read(document.root, from));
      if (operation.op === 'move') {
        remove(document, from);
      }
      insert(document, path, value);
      break;
    }
    default:
      throw badRequest(
        `error decoding patch: unknown operation ${operation.op}`,
      );
  }
}

/** The API server does not say which operation failed (recorded: 01c). */
function rejected(): StatusError {
  return new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}

function parsePointer(pointer: string | undefined): string[] {
  if (pointer === undefined || (pointer !== '' && !pointer.startsWith('/'))) {
    throw badRequest('error decoding patch: a path begins with /');
  }
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function read(root: Json, path: string[]): Json {
  let value: Json | undefined = root;
  for (const step of path) {
    if (Array.isArray(value)) {
      value = value[Number(step)];
    } else {
      value = isMap(value) ? value[step] : undefined;
    }
    if (value === undefined) {
      throw rejected();
    }
  }
  return value;
}

function insert(document: { root: Json }, path: string[], value: Json): void {
  if (path.length === 0) {
    document.root = value;
    return;
  }
  const last = path[path.length - 1];
  const parent = read(document.root, path.slice(0, -1));
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last);
    if (!Number.isInteger(index) || index < 0 || index > parent.length) {
      throw rejected();
    }
    parent.splice(index, 0, value);
  } else if (isMap(parent)) {
    parent[last] = value;
  } else {
    throw rejected();
  }
}

function remove(document: { root: Json }, path: string[]): void {
  read(document.root, path);
  const last = path[path.length - 1];
  const parent = read(document.root, path.slice(0, -1));
  if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else if (isMap(parent)) {
    delete parent[last];
  }
}
