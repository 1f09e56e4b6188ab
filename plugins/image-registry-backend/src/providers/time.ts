/**
 * A vendor's time as ISO 8601.
 * @returns undefined for what is none, and for the year 1, by which some say
 * "never"
 */
export function isoTime(text: unknown): string | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  const date = new Date(text);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() <= 1
    ? undefined
    : date.toISOString();
}
