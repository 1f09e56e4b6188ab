/** Above it a number counts milliseconds, up to it seconds: the year 5138. */
const LAST_SECOND = 100_000_000_000;

/** `Z`, `+08:00` or `+0000` at the end. */
const hasZone = /(?:z|[+-]\d{2}:?\d{2})$/i;

/** A day alone is midnight; with a time behind it, it needs a zone. */
const hasClock = /\d:\d{2}/;

/**
 * A vendor's instant as ISO 8601: a text, seconds or milliseconds since 1970,
 * or what an SDK made of them.
 *
 * @param zone - of texts that name none, for example `+08:00`; they are never
 * read by the clock of this machine
 * @returns undefined for what is none, and for the year 1, by which some say
 * "never"
 */
export function isoTime(value: unknown, zone = 'Z'): string | undefined {
  const date = toDate(value, zone);
  return !date || Number.isNaN(date.getTime()) || date.getUTCFullYear() <= 1
    ? undefined
    : date.toISOString();
}

function toDate(value: unknown, zone: string): Date | undefined {
  if (value instanceof Date) {
    return value;
  }
  if (typeof value === 'number') {
    return new Date(value > LAST_SECOND ? value : value * 1000);
  }
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  const text = value.trim();
  return new Date(
    hasClock.test(text) && !hasZone.test(text)
      ? `${text.replace(' ', 'T')}${zone}`
      : text,
  );
}
