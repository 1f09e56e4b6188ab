/** A field as a vendor's documentation promises it. */
export type Shape =
  /** Not empty, of whole characters. */
  | 'text'
  /** Between the whole numbers that are held exactly: counts are no larger. */
  | 'number'
  | 'boolean'
  /** Whatever is there. */
  | 'unknown'
  /** A list of these. */
  | readonly [Shape]
  /** An object with these fields, each of which may be absent. */
  | { readonly [field: string]: Shape };

/** What is read of an answer by a {@link Shape}. */
export type Shaped<S> = S extends 'text'
  ? string
  : S extends 'number'
  ? number
  : S extends 'boolean'
  ? boolean
  : S extends 'unknown'
  ? unknown
  : S extends readonly [infer E]
  ? Shaped<E>[]
  : { -readonly [K in keyof S]?: Shaped<S[K]> };

/** Half a character, which no URL can hold. */
const half = /\p{Surrogate}/u;

/**
 * What of a vendor's answer is of the type that its documentation promises: a
 * field of another type is as good as absent, so that no entry can break a
 * listing. Of a list each entry stays, if only as an empty object, because
 * vendors count them; texts and numbers that are none are left out.
 *
 * @returns an empty object for an answer that is none
 */
export function shaped<const S extends Record<string, Shape>>(
  value: unknown,
  shape: S,
): Shaped<S> {
  const fields = isObject(value) ? value : {};
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, each]) => {
      const read = Object.hasOwn(fields, name)
        ? readAs(fields[name], each)
        : undefined;
      return read === undefined ? [] : [[name, read]];
    }),
  ) as Shaped<S>;
}

function readAs(value: unknown, shape: Shape): unknown {
  switch (shape) {
    case 'text':
      return typeof value === 'string' && value !== '' && !half.test(value)
        ? value
        : undefined;
    case 'number':
      return typeof value === 'number' &&
        Math.abs(value) <= Number.MAX_SAFE_INTEGER
        ? value
        : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'unknown':
      return value ?? undefined;
    default:
      if (isList(shape)) {
        return readList(value, shape[0]);
      }
      return isObject(value) ? shaped(value, shape) : undefined;
  }
}

function readList(value: unknown, shape: Shape): unknown[] | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  return typeof shape === 'string' || isList(shape)
    ? value.flatMap(each => readAs(each, shape) ?? [])
    : value.map(each => shaped(each, shape));
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
