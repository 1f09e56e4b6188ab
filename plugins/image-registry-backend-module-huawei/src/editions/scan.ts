import {
  ScanSummary,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime } from '@slipway/backstage-plugin-image-registry-node';

/** One scanner's report in short; as Harbor writes it. */
export interface ScanOverview {
  scan_status?: unknown;
  end_time?: unknown;
  scanner?: { name?: unknown } | null;
  summary?: {
    fixable?: unknown;
    /** Findings by severity, such as `{ High: 2 }`. */
    summary?: Record<string, unknown> | null;
  } | null;
}

const states = new Map(
  Object.entries<ScanSummary['status']>({
    success: 'finished',
    running: 'pending',
    pending: 'pending',
    scheduled: 'pending',
    queued: 'pending',
    error: 'failed',
    stopped: 'failed',
  }),
);

/**
 * What an artifact's overview comes to.
 * @param overview - by type of report; the first one counts
 */
export function toScanSummary(
  overview: Record<string, ScanOverview> | null | undefined,
): ScanSummary {
  const [report] = Object.values(overview ?? {});
  const status = states.get(String(report?.scan_status).toLowerCase());
  if (!report || !status) {
    return { status: 'not-scanned' };
  }
  const scanner = report.scanner?.name;
  const common = {
    status,
    ...(typeof scanner === 'string' && { scanner }),
  };
  if (status !== 'finished') {
    return common;
  }
  const found = new Map(
    Object.entries(report.summary?.summary ?? {}).map(([name, count]) => [
      name.toLowerCase(),
      typeof count === 'number' ? count : 0,
    ]),
  );
  const counts = Object.fromEntries(
    severities.flatMap(severity =>
      found.has(severity) ? [[severity, found.get(severity)!]] : [],
    ),
  );
  const worst = severities.find(severity => (found.get(severity) ?? 0) > 0);
  const fixable = report.summary?.fixable;
  const finishedAt = isoTime(report.end_time);
  return {
    ...common,
    counts,
    ...(worst && { severity: worst }),
    ...(typeof fixable === 'number' && { fixable }),
    ...(finishedAt && { finishedAt }),
  };
}
