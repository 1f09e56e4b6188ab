import { ContentStore } from '../../registry/content/ContentStore';
import { findStoredImage } from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { refusal } from './refusal';

/** What Clair says of every image here, in Quay's words. */
const FEATURES = [
  {
    Name: 'openssl',
    Version: '3.0.11-1',
    Vulnerabilities: [
      { Name: 'CVE-2026-1001', Severity: 'High', FixedBy: '3.0.11-2' },
      { Name: 'CVE-2026-1002', Severity: 'Medium', FixedBy: '' },
    ],
  },
  {
    Name: 'zlib',
    Version: '1.2.13',
    Vulnerabilities: [
      { Name: 'CVE-2026-1003', Severity: 'Negligible', FixedBy: '' },
    ],
  },
  { Name: 'tzdata', Version: '2026a', Vulnerabilities: [] },
];

/**
 * `/manifest/{digest}/security`: an image is scanned, an index and a chart are
 * not. Images of a repository `…/fresh` are still queued.
 */
export function answerSecurity(
  content: ContentStore,
  repository: string,
  digest: string,
  query: URLSearchParams,
): VendorAnswer {
  const image = findStoredImage(content, repository, digest);
  if (!image) {
    return refusal(404, 'not_found', 'Not Found');
  }
  if (image.isIndex || image.platforms.length === 0) {
    return jsonAnswer({ status: 'unsupported', data: null });
  }
  if (repository.endsWith('/fresh')) {
    return jsonAnswer({ status: 'queued', data: null });
  }
  const withVulnerabilities = query.get('vulnerabilities') === 'true';
  return jsonAnswer({
    status: 'scanned',
    data: {
      Layer: {
        Name: digest,
        ParentName: '',
        NamespaceName: '',
        IndexedByVersion: 4,
        Features: withVulnerabilities ? FEATURES : [],
      },
    },
  });
}
