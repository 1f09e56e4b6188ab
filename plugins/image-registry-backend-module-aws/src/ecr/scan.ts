import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';
import {
  isoTime,
  Severity,
  severityCounts,
  Shaped,
} from '@slipway/backstage-plugin-image-registry-node';

/** ECR's basic scanning and Amazon Inspector have a name each for the lowest. */
const severityOf = new Map(
  Object.entries<Severity>({
    CRITICAL: 'critical',
    HIGH: 'high',
    MEDIUM: 'medium',
    LOW: 'low',
    INFORMATIONAL: 'negligible',
    UNDEFINED: 'unknown',
    UNTRIAGED: 'unknown',
  }),
);

/** ACTIVE is Inspector's: scanned, and watched from then on. */
const statusOf = new Map(
  Object.entries<ScanSummary['status']>({
    COMPLETE: 'finished',
    ACTIVE: 'finished',
    IN_PROGRESS: 'pending',
    PENDING: 'pending',
    FAILED: 'failed',
    LIMIT_EXCEEDED: 'failed',
    UNSUPPORTED_IMAGE: 'unsupported',
  }),
);

/** What both the listing and the report tell of the findings. */
export const findingsSummary = {
  findingSeverityCounts: 'unknown',
  imageScanCompletedAt: 'unknown',
  enhancedFindings: 'unknown',
} as const;

/** The scan of one image; `not-scanned` for a status that tells of none. */
export function readScanSummary(
  { status }: { status?: string },
  findings: Shaped<typeof findingsSummary> = {},
): ScanSummary {
  const read = statusOf.get(status ?? '') ?? 'not-scanned';
  if (read !== 'finished') {
    return { status: read };
  }
  const counts = Object.entries(findings.findingSeverityCounts ?? {});
  const finishedAt = isoTime(findings.imageScanCompletedAt);
  const isEnhanced = status === 'ACTIVE' || findings.enhancedFindings;
  return {
    status: read,
    ...severityCounts(
      counts.map(([name, count]) => [severityOf.get(name) ?? 'unknown', count]),
    ),
    ...(finishedAt && { finishedAt }),
    scanner: isEnhanced ? 'Amazon Inspector' : 'Amazon ECR basic scanning',
  };
}
