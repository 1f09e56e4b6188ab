import {
  ScanSummary,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  isoTime,
  Shaped,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';

type Severity = (typeof severities)[number];

/** What of a report's summary is used, in answers and in webhooks alike. */
const harborScan = {
  /** Of the job: Pending, Scheduled, Running, Success, Error, Stopped. */
  scan_status: 'text',
  severity: 'text',
  end_time: 'text',
  scanner: { name: 'text', version: 'text' },
  /** Findings by severity. */
  summary: { fixable: 'number', summary: 'unknown' },
} as const;

/** {@inheritDoc harborScan} */
export type HarborScan = Shaped<typeof harborScan>;

const statuses = new Map(
  Object.entries<ScanSummary['status']>({
    pending: 'pending',
    scheduled: 'pending',
    running: 'pending',
    success: 'finished',
    error: 'failed',
    // Nobody knows what it would have found.
    stopped: 'not-scanned',
  }),
);

/**
 * What a scan overview says of one digest.
 *
 * @param overview - reports by their media type; as a rule one
 * @param isScannable - whether Harbor offers a scan of it: it does not for
 * what no scanner of the project reads, and without a scanner
 */
export function toScanSummary(
  overview: unknown,
  isScannable: boolean,
): ScanSummary {
  const scan = newestOf(overview);
  if (!scan) {
    return { status: isScannable ? 'not-scanned' : 'unsupported' };
  }
  const status =
    statuses.get(scan.scan_status?.toLowerCase() ?? '') ?? 'failed';
  const scanner = [scan.scanner?.name, scan.scanner?.version]
    .filter(Boolean)
    .join(' ');
  return {
    status,
    ...(scanner && { scanner }),
    ...(status === 'finished' && findingsOf(scan)),
  };
}

/** The report in the newest format; media types order by their version. */
function newestOf(overview: unknown): HarborScan | undefined {
  const [newest] = Object.entries(overview ?? {})
    .filter(([, scan]) => typeof scan === 'object' && scan !== null)
    .sort(([a], [b]) => versionOf(b) - versionOf(a));
  return newest && shaped(newest[1], harborScan);
}

function versionOf(mediaType: string): number {
  return Number(/version=(\d+(?:\.\d+)?)/.exec(mediaType)?.[1] ?? 0);
}

function findingsOf(scan: HarborScan): Partial<ScanSummary> {
  const severity = severityOf(scan.severity);
  const finishedAt = isoTime(scan.end_time);
  const { fixable, summary } = scan.summary ?? {};
  const counts: Partial<Record<Severity, number>> = {};
  for (const [name, count] of Object.entries(summary ?? {})) {
    const counted = severityOf(name);
    if (counted && Number.isInteger(count) && count > 0) {
      counts[counted] = (counts[counted] ?? 0) + count;
    }
  }
  return {
    ...(severity && { severity }),
    ...(scan.summary && { counts }),
    ...(Number.isInteger(fixable) && { fixable }),
    ...(finishedAt && { finishedAt }),
  };
}

/** `None` and nothing are no severity; one that is not known is `unknown`. */
function severityOf(text: string | undefined): Severity | undefined {
  const name = text?.toLowerCase() ?? '';
  if (name === '' || name === 'none') {
    return undefined;
  }
  return severities.find(each => each === name) ?? 'unknown';
}
