/** One field that differs; absent on a side where it does not exist. */
export interface ChangedField {
  path: string;
  from?: string;
  to?: string;
}

/**
 * Compares two JSON values field by field. Items of lists are told apart by
 * their `name`, as Kubernetes does for containers, else by their place.
 */
export function changedFields(
  from: unknown,
  to: unknown,
  path = '',
): ChangedField[] {
  if (!isTree(from) || !isTree(to)) {
    const before = text(from);
    const after = text(to);
    return before === after ? [] : [{ path, from: before, to: after }];
  }
  const before = entries(from);
  const after = entries(to);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap(key =>
    changedFields(before.get(key), after.get(key), join(path, key)),
  );
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function entries(tree: object): Map<string, unknown> {
  if (!Array.isArray(tree)) {
    return new Map(Object.entries(tree));
  }
  return new Map(
    tree.map((item: unknown, index) => {
      const name = isTree(item) && 'name' in item ? item.name : undefined;
      return [typeof name === 'string' ? `[name=${name}]` : `[${index}]`, item];
    }),
  );
}

function join(path: string, key: string): string {
  return key.startsWith('[') || path === ''
    ? `${path}${key}`
    : `${path}.${key}`;
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
