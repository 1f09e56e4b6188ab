import { Json, JsonObject } from '../objects';
import { ListSchema, Schema, UntypedSchema, untyped } from './schema';

/**
 * One step of a path in the notation of FieldsV1: `f:name`, `k:{"name":"web"}`
 * or `v:"value"`.
 */
export type PathStep = string;

const SEPARATOR = '\u0000';

/** A set of field paths, as managedFields keeps them. */
export class FieldSet {
  static readonly empty: FieldSet = new FieldSet(new Set());

  static of(paths: Iterable<PathStep[]>): FieldSet {
    return new FieldSet(new Set([...paths].map(path => path.join(SEPARATOR))));
  }

  static fromFieldsV1(fields: JsonObject): FieldSet {
    const paths: PathStep[][] = [];
    const visit = (node: JsonObject, path: PathStep[]) => {
      const steps = Object.keys(node);
      if (path.length > 0 && (steps.length === 0 || '.' in node)) {
        paths.push(path);
      }
      steps
        .filter(step => step !== '.')
        .forEach(step => visit(node[step] as JsonObject, [...path, step]));
    };
    visit(fields, []);
    return FieldSet.of(paths);
  }

  private constructor(private readonly keys: ReadonlySet<string>) {}

  get isEmpty(): boolean {
    return this.keys.size === 0;
  }

  paths(): PathStep[][] {
    return [...this.keys].map(key => key.split(SEPARATOR));
  }

  has(path: PathStep[]): boolean {
    return this.keys.has(path.join(SEPARATOR));
  }

  /** Whether the path or anything below it is in the set. */
  reaches(path: PathStep[]): boolean {
    if (path.length === 0) {
      return !this.isEmpty;
    }
    const key = path.join(SEPARATOR);
    const prefix = key + SEPARATOR;
    for (const candidate of this.keys) {
      if (candidate === key || candidate.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  union(other: FieldSet): FieldSet {
    return new FieldSet(new Set([...this.keys, ...other.keys]));
  }

  without(other: FieldSet): FieldSet {
    return this.filter(key => !other.keys.has(key));
  }

  intersection(other: FieldSet): FieldSet {
    return this.filter(key => other.keys.has(key));
  }

  equals(other: FieldSet): boolean {
    return this.keys.size === other.keys.size && this.without(other).isEmpty;
  }

  toFieldsV1(): JsonObject {
    const root: Tree = new Map();
    const members = new Set<Tree>();
    for (const path of this.paths()) {
      let node = root;
      for (const step of path) {
        let next = node.get(step);
        if (!next) {
          next = new Map();
          node.set(step, next);
        }
        node = next;
      }
      members.add(node);
    }
    return encode(root, members);
  }

  /** Paths as error texts show them, in the order of Kubernetes. */
  describe(): string[] {
    // Members of a level come before what lies below its other members.
    return this.paths()
      .map(path => ({ path, text: path.map(describeStep).join('') }))
      .sort((left, right) => comparePaths(left.path, right.path))
      .map(({ text }) => text);
  }

  private filter(keep: (key: string) => boolean): FieldSet {
    return new FieldSet(new Set([...this.keys].filter(keep)));
  }
}

type Tree = Map<PathStep, Tree>;

function encode(node: Tree, members: Set<Tree>): JsonObject {
  const result: JsonObject = {};
  if (node.size > 0 && members.has(node)) {
    result['.'] = {};
  }
  for (const step of [...node.keys()].sort()) {
    result[step] = encode(node.get(step)!, members);
  }
  return result;
}

function comparePaths(left: PathStep[], right: PathStep[]): number {
  let depth = 0;
  while (
    depth < left.length &&
    depth < right.length &&
    left[depth] === right[depth]
  ) {
    depth++;
  }
  const leftEnds = depth >= left.length - 1;
  const rightEnds = depth >= right.length - 1;
  if (leftEnds !== rightEnds) {
    return leftEnds ? -1 : 1;
  }
  return (left[depth] ?? '') < (right[depth] ?? '') ? -1 : 1;
}

/** `.image`, `[name="web"]`, `[="value"]`. */
export function describeStep(step: PathStep): string {
  const text = step.slice(2);
  if (step.startsWith('k:')) {
    const keys = JSON.parse(text) as JsonObject;
    const pairs = Object.entries(keys).map(
      ([key, value]) => `${key}=${JSON.stringify(value)}`,
    );
    return `[${pairs.join(',')}]`;
  }
  return step.startsWith('v:') ? `[=${text}]` : `.${text}`;
}

/** The step that leads to a list's item. */
export function itemStep(schema: ListSchema, item: Json): PathStep {
  if (schema.set) {
    return `v:${JSON.stringify(item)}`;
  }
  const keys: JsonObject = {};
  for (const key of [...schema.keys!].sort()) {
    keys[key] = (item as JsonObject)[key] ?? schema.keyDefaults?.[key] ?? null;
  }
  return `k:${JSON.stringify(keys)}`;
}

export function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Schema of a map's or struct's entry; undefined if it is not declared. */
export function fieldSchema(schema: Schema, name: string): Schema | undefined {
  switch (schema.type) {
    case 'struct':
      return schema.fields[name];
    case 'map':
      return schema.values;
    default:
      return untyped;
  }
}

/** Whether a value is owned entry by entry. */
export function isGranularMap(
  schema: Schema,
  value: Json | undefined,
): value is JsonObject {
  return (
    isMap(value) &&
    (schema.type === 'untyped' ||
      ((schema.type === 'struct' || schema.type === 'map') && !schema.atomic))
  );
}

/** Whether a schema is of a list whose items are owned one by one. */
export function isGranularList(
  schema: Schema | UntypedSchema,
): schema is ListSchema {
  return (
    schema.type === 'list' && (schema.keys !== undefined || schema.set === true)
  );
}

/** Every field that an applied configuration names. */
export function fieldsOf(value: Json, schema: Schema): FieldSet {
  const paths: PathStep[][] = [];
  collect(value, schema, [], paths);
  return FieldSet.of(paths);
}

function collect(
  value: Json,
  schema: Schema,
  path: PathStep[],
  paths: PathStep[][],
): void {
  if (isGranularMap(schema, value)) {
    const entries = Object.entries(value).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    );
    if (entries.length === 0 && path.length > 0) {
      paths.push(path);
    }
    for (const [name, entry] of entries) {
      collect(
        entry,
        fieldSchema(schema, name) ?? untyped,
        [...path, `f:${name}`],
        paths,
      );
    }
  } else if (isGranularList(schema) && Array.isArray(value)) {
    for (const item of value) {
      const itemPath = [...path, itemStep(schema, item)];
      paths.push(itemPath);
      if (schema.keys) {
        collect(item, schema.items, itemPath, paths);
      }
    }
  } else {
    paths.push(path);
  }
}
