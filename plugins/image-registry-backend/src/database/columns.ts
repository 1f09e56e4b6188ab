/** PostgreSQL answers 64-bit integers as text, SQLite as numbers. */
export type BigIntColumn = number | string;

/** A time column (ms since 1970) as ISO 8601, or undefined. */
export function timeFromColumn(
  value: BigIntColumn | null | undefined,
): string | undefined {
  return value === null || value === undefined
    ? undefined
    : new Date(Number(value)).toISOString();
}

/** An ISO 8601 time as ms since 1970, or null for the database. */
export function timeToColumn(value: string | undefined): number | null {
  if (value === undefined) {
    return null;
  }
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/** A JSON column as its value, or undefined. */
export function jsonFromColumn<T>(
  value: string | null | undefined,
): T | undefined {
  return value === null || value === undefined
    ? undefined
    : (JSON.parse(value) as T);
}

/** A value as a JSON column. */
export function jsonToColumn(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
