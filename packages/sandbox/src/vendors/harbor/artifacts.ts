import {
  findStoredImage,
  listStoredImages,
  StoredImage,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import {
  HarborCall,
  HarborRefusal,
  pageAnswer,
  SignedHarborCall,
} from './HarborCall';
import { HarborScanState } from './HarborState';

/** Harbor 2.5 is the first to tell of signatures. */
const ACCESSORIES_SINCE = 5;

const REPORT_TYPE =
  'application/vnd.security.vulnerability.report; version=1.1';

/** Empty for a repository that does not exist: Harbor does not look. */
export function listArtifacts(
  call: SignedHarborCall,
  project: string,
  repository: string,
): VendorAnswer {
  call.need('artifact:list', project);
  const attached = new Set(call.state.accessories.map(each => each.digest));
  const images = call.content.hasRepository(repository)
    ? wantedImages(call, repository)
    : [];
  return pageAnswer(
    call,
    images
      .filter(({ digest }) => !attached.has(digest))
      .map(image => toArtifact(call, project, repository, image)),
  );
}

/** All, or those of `q`: `tags=…`, or `digest=…` with `base=*`. */
function wantedImages(
  { content, request }: HarborCall,
  repository: string,
): StoredImage[] {
  const q = request.query.get('q');
  if (!q) {
    return listStoredImages(content, repository);
  }
  const [, reference] =
    /^(?:tags=([^,]+)|digest=([^,]+),base=\*)$/.exec(q)?.filter(Boolean) ?? [];
  const found = reference && findStoredImage(content, repository, reference);
  return found ? [found] : [];
}

export function getArtifact(
  call: SignedHarborCall,
  project: string,
  repository: string,
  reference: string,
): VendorAnswer {
  call.need('artifact:read', project);
  const image = findStoredImage(call.content, repository, reference);
  if (!image) {
    throw new HarborRefusal(
      404,
      'NOT_FOUND',
      `artifact ${repository}:${reference} not found`,
    );
  }
  return jsonAnswer(toArtifact(call, project, repository, image));
}

function toArtifact(
  call: HarborCall,
  project: string,
  repository: string,
  image: StoredImage,
) {
  const asks = (name: string) => call.request.query.get(name) === 'true';
  const { digest, isIndex, platforms, pushedAt, size } = image;
  const isImage = platforms.length > 0;
  const pushed = (pushedAt ?? new Date('2026-01-05T09:00:00Z')).toISOString();
  const scan = call.state.scans.get(digest);
  return {
    id: size,
    type: isImage ? 'IMAGE' : 'CHART',
    media_type: isImage
      ? 'application/vnd.oci.image.config.v1+json'
      : 'application/vnd.cncf.helm.config.v1+json',
    manifest_media_type: image.mediaType,
    project_id: call.state.project(project)?.id,
    repository_name: repository,
    digest,
    size,
    icon: '',
    push_time: pushed,
    pull_time: '0001-01-01T00:00:00.000Z',
    extra_attrs:
      isImage && !isIndex
        ? { os: platforms[0].os, architecture: platforms[0].architecture }
        : {},
    annotations: null,
    references: isIndex
      ? platforms.map(({ digest: child, size: _, ...platform }) => ({
          child_digest: child,
          platform,
        }))
      : null,
    ...(call.request.query.get('with_tag') !== 'false' && {
      tags: tagsOf(call, repository, image),
    }),
    ...(asks('with_accessory') &&
      call.version >= ACCESSORIES_SINCE && {
        accessories: accessoriesOf(call, repository, digest),
      }),
    ...(asks('with_scan_overview') &&
      scan && { scan_overview: { [REPORT_TYPE]: toReport(scan) } }),
    addition_links: {
      build_history: { absolute: false, href: '/build_history' },
      ...(isImage && {
        vulnerabilities: { absolute: false, href: '/vulnerabilities' },
      }),
    },
  };
}

function tagsOf(
  { request, state }: HarborCall,
  repository: string,
  { tags }: StoredImage,
) {
  const withImmutable = request.query.get('with_immutable_status') === 'true';
  return tags.length
    ? tags.map(({ name, pushedAt }) => ({
        name,
        push_time: pushedAt.toISOString(),
        pull_time: '0001-01-01T00:00:00.000Z',
        immutable:
          withImmutable && state.immutable.has(`${repository}:${name}`),
      }))
    : null;
}

function accessoriesOf(
  { state }: HarborCall,
  repository: string,
  digest: string,
) {
  const found = state.accessories
    .filter(({ subject }) => subject === digest)
    .map(({ subject, ...accessory }, index) => ({
      id: index + 1,
      artifact_id: index + 100,
      subject_artifact_digest: subject,
      subject_artifact_repo: repository,
      icon: '',
      creation_time: '2026-11-16T09:30:00.000Z',
      ...accessory,
    }));
  return found.length ? found : null;
}

function toReport({ counts = {}, fixable = 0, status }: HarborScanState) {
  const found = Object.keys(counts);
  const done = status === 'Success';
  return {
    report_id: 'b1a0e0d8-5d0e-4b1e-9a55-5f9a1c4bd3f1',
    scan_status: status,
    severity: done ? found[0] ?? 'None' : '',
    duration: 8,
    summary: done
      ? {
          total: Object.values(counts).reduce((sum, each) => sum + each, 0),
          fixable,
          summary: counts,
        }
      : null,
    start_time: '2026-11-16T09:30:00Z',
    end_time: done ? '2026-11-16T09:30:08Z' : '0001-01-01T00:00:00Z',
    scanner: { name: 'Trivy', vendor: 'Aqua Security', version: 'v0.57.1' },
    complete_percent: done ? 100 : 0,
  };
}
