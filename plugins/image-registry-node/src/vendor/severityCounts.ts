import {
  ScanSummary,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';

/** How bad a finding of a scan is. */
export type Severity = (typeof severities)[number];

/**
 * The findings of a scan by severity, and the worst of them.
 *
 * @param found - several entries of one severity add up; what is no number
 * above zero does not count
 */
export function severityCounts(
  found: Iterable<readonly [Severity, unknown]>,
): Pick<ScanSummary, 'counts' | 'severity'> {
  const counts: Partial<Record<Severity, number>> = {};
  for (const [severity, count] of found) {
    if (typeof count === 'number' && count > 0) {
      counts[severity] = (counts[severity] ?? 0) + count;
    }
  }
  const worst = severities.find(each => counts[each]);
  return { counts, ...(worst && { severity: worst }) };
}
