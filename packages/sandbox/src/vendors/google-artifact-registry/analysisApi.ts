import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { bearerTokenOf, VendorRequest } from '../VendorRequest';
import { pageAnswer, permissionDenied, unauthenticated } from './googleAnswers';
import { ServiceAccounts } from './ServiceAccounts';

const PATH = /^\/v1\/(projects\/[^/]+)\/occurrences(:vulnerabilitySummary)?$/;

/** The image whose vulnerabilities are known. */
const SCANNED = /resourceUrl="https:\/\/[^"]+\/api@sha256:[0-9a-f]{64}"/;

const counts = [
  { severity: 'HIGH', fixableCount: '1', totalCount: '2' },
  { severity: 'MINIMAL', totalCount: '4' },
  { severity: 'SEVERITY_UNSPECIFIED', fixableCount: '1', totalCount: '6' },
];

const discovery = {
  kind: 'DISCOVERY',
  updateTime: '2026-11-10T08:05:00.000000Z',
  discovery: {
    continuousAnalysis: 'ACTIVE',
    analysisStatus: 'FINISHED_SUCCESS',
    lastScanTime: '2026-11-10T08:00:00.000000Z',
  },
};

/**
 * Container Analysis (Grafeas) v1: `projects.occurrences.list` and
 * `projects.occurrences.getVulnerabilitySummary`.
 */
export function answerAnalysisApi(
  accounts: ServiceAccounts,
  request: VendorRequest,
): VendorAnswer | undefined {
  const [path, project, summary] = PATH.exec(request.path) ?? [];
  if (!path) {
    return undefined;
  }
  const account = accounts.ofToken(bearerTokenOf(request));
  if (!account) {
    return unauthenticated();
  }
  if (!account.mayRead) {
    return permissionDenied('containeranalysis.occurrences.list', project);
  }
  const isScanned = SCANNED.test(request.query.get('filter') ?? '');
  if (summary) {
    return jsonAnswer(isScanned ? { counts } : {});
  }
  return pageAnswer('occurrences', isScanned ? [discovery] : [], request);
}
