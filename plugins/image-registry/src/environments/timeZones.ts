/**
 * The time zones that the browser knows, with the one that is in use.
 *
 * @param used - also offered when this browser does not know it
 */
export function timeZones(used: string): string[] {
  return [
    ...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', used]),
  ].sort();
}
