import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';

/** Findings by severity, as the API counts them. */
export interface ScanCounts {
  HighSeverity?: unknown;
  MediumSeverity?: unknown;
  LowSeverity?: unknown;
  UnknownSeverity?: unknown;
}

/** The vendor has no severity above high. */
const severities = [
  ['high', 'HighSeverity'],
  ['medium', 'MediumSeverity'],
  ['low', 'LowSeverity'],
  ['unknown', 'UnknownSeverity'],
] as const;

const scanners = new Map(
  Object.entries<string>({
    ACR_SCAN_SERVICE: 'Trivy',
    SAS_SCAN_SERVICE: 'Security Center',
  }),
);

/**
 * What the state of a scan comes to.
 * @param readCounts - asked only when the scan is complete
 */
export async function toScanSummary(
  { Status, ScanService }: { Status?: unknown; ScanService?: unknown },
  readCounts: () => Promise<ScanCounts>,
): Promise<ScanSummary> {
  const scanner = scanners.get(String(ScanService));
  const common = scanner ? { scanner } : {};
  switch (Status) {
    case 'COMPLETE': {
      const found = await readCounts();
      const counts = Object.fromEntries(
        severities.map(([severity, field]) => [
          severity,
          typeof found[field] === 'number' ? found[field] : 0,
        ]),
      );
      const worst = severities.find(([severity]) => counts[severity] > 0)?.[0];
      return {
        ...common,
        status: 'finished',
        counts,
        ...(worst && { severity: worst }),
      };
    }
    case 'SCANNING':
    case 'RETRYING':
      return { ...common, status: 'pending' };
    case 'FAILED':
      return { ...common, status: 'failed' };
    default:
      return { ...common, status: 'not-scanned' };
  }
}
