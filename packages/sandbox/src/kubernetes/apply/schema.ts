/**
 * How the fields of a kind are typed, merged and owned: the sandbox's form of
 * the structural schema behind server-side apply
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy).
 */
export type Schema =
  | ScalarSchema
  | StructSchema
  | MapSchema
  | ListSchema
  | UntypedSchema;

export interface ScalarSchema {
  type: 'string' | 'number' | 'boolean' | 'scalar';
}

/** Known fields; an unknown one is an error. Atomic: owned as a whole. */
export interface StructSchema {
  type: 'struct';
  fields: { [name: string]: Schema };
  atomic?: boolean;
}

export interface MapSchema {
  type: 'map';
  values: Schema;
  atomic?: boolean;
}

/** With keys: items are told apart by these fields; else owned as a whole. */
export interface ListSchema {
  type: 'list';
  items: Schema;
  keys?: string[];
  /** Values taken for keys that an item leaves out. */
  keyDefaults?: { [key: string]: string };
  /** Items are scalars and each is owned by itself. */
  set?: boolean;
}

/** Not described here: maps are merged by key, lists are one value. */
export interface UntypedSchema {
  type: 'untyped';
}

export const string: ScalarSchema = { type: 'string' };
export const number: ScalarSchema = { type: 'number' };
export const boolean: ScalarSchema = { type: 'boolean' };
/** A number or a string: quantities, ports, percentages. */
export const scalar: ScalarSchema = { type: 'scalar' };
export const untyped: UntypedSchema = { type: 'untyped' };

export function struct(fields: { [name: string]: Schema }): StructSchema {
  return { type: 'struct', fields };
}

export function atomic(fields: { [name: string]: Schema }): StructSchema {
  return { type: 'struct', fields, atomic: true };
}

export function mapOf(values: Schema): MapSchema {
  return { type: 'map', values };
}

export function atomicMap(values: Schema): MapSchema {
  return { type: 'map', values, atomic: true };
}

export function listOf(items: Schema): ListSchema {
  return { type: 'list', items };
}

export function listByKey(
  items: Schema,
  keys: string[],
  keyDefaults?: { [key: string]: string },
): ListSchema {
  return { type: 'list', items, keys, keyDefaults };
}

export function setOf(items: Schema): ListSchema {
  return { type: 'list', items, set: true };
}
