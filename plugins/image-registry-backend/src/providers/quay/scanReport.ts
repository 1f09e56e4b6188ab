import {
  isDigest,
  ScanSummary,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  OciClient,
  RegistryCallOptions,
  Severity,
  severityCounts,
} from '@slipway/backstage-plugin-image-registry-node';
import { QuayApi } from './QuayApi';

/** A report of a large image has some megabytes. */
const REPORT_MAX_BYTES = 32 * 1024 * 1024;
/** Platforms of an index that are looked at. */
const MOST_PLATFORMS = 10;

interface QuayScan {
  status?: unknown;
  data?: {
    Layer?: {
      Features?: Array<{
        Vulnerabilities?: Array<{
          Severity?: unknown;
          FixedBy?: unknown;
        } | null> | null;
      } | null> | null;
    } | null;
  } | null;
}

/** By Quay's own words; Clair 2 called the worst ones Defcon1. */
const severityNames: ReadonlyMap<string, Severity> = new Map([
  ['defcon1', 'critical'],
  ...severities.map((each): [string, Severity] => [each, each]),
]);

/**
 * What Quay's scanner says of an image. Quay scans the platforms of an index,
 * not the index: it is as bad as the worst of them.
 */
export async function readScanReport(
  { api, oci }: { api: QuayApi; oci: OciClient },
  repository: string,
  digest: string,
  options: RegistryCallOptions,
): Promise<ScanSummary> {
  const read = (each: string) => readOne(api, repository, each, options);
  const own = await read(digest);
  if (own.status !== 'unsupported') {
    return own;
  }
  const { content } = await oci.manifest(repository, digest, options);
  const platforms = (content.manifests ?? [])
    .filter(({ platform }) => platform && platform.os !== 'unknown')
    .map(child => child.digest)
    .filter(isDigest)
    .slice(0, MOST_PLATFORMS);
  const reports: ScanSummary[] = [];
  for (const platform of platforms) {
    reports.push(await read(platform));
  }
  return reports.length ? worstOf(reports) : own;
}

async function readOne(
  api: QuayApi,
  repository: string,
  digest: string,
  options: RegistryCallOptions,
): Promise<ScanSummary> {
  const response = await api.call({
    ...options,
    path: `/repository/${repository}/manifest/${digest}/security?vulnerabilities=true`,
    operation: `read the scan of ${repository}@${digest}`,
    needs: 'repo:read',
    maxBytes: REPORT_MAX_BYTES,
  });
  return toSummary(response.json<QuayScan>());
}

function toSummary(scan: QuayScan): ScanSummary {
  switch (scan?.status) {
    case 'scanned':
      return toFinished(scan);
    case 'queued':
      return { status: 'pending' };
    case 'failed':
      return { status: 'failed' };
    default:
      // `unsupported`, `manifest_layer_too_large`.
      return { status: 'unsupported' };
  }
}

function toFinished({ data }: QuayScan): ScanSummary {
  const found = (data?.Layer?.Features ?? [])
    .flatMap(feature => feature?.Vulnerabilities ?? [])
    .filter(each => each !== null);
  return {
    status: 'finished',
    ...severityCounts(
      found.map(({ Severity: name }) => [
        severityNames.get(String(name).toLowerCase()) ?? 'unknown',
        1,
      ]),
    ),
    fixable: found.filter(({ FixedBy: version }) => Boolean(version)).length,
    scanner: 'Clair',
  };
}

/** The same finding is in several platforms: of each count the highest. */
function worstOf(reports: readonly ScanSummary[]): ScanSummary {
  const unfinished = ['failed', 'pending', 'unsupported'] as const;
  const state = unfinished.find(status =>
    reports.some(report => report.status === status),
  );
  if (state) {
    return { status: state };
  }
  const highest = (count: (report: ScanSummary) => number) =>
    Math.max(...reports.map(count));
  return {
    status: 'finished',
    ...severityCounts(
      severities.map(each => [
        each,
        highest(({ counts }) => counts?.[each] ?? 0),
      ]),
    ),
    fixable: highest(({ fixable }) => fixable ?? 0),
    scanner: 'Clair',
  };
}
