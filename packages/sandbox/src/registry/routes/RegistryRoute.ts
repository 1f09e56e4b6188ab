import {
  DIGEST_SOURCE,
  REPOSITORY_SOURCE,
  TAG_SOURCE,
} from '../protocol/names';

/** Where a path of the protocol leads. */
export type RegistryRoute =
  | { kind: 'base' }
  | { kind: 'catalog' }
  | { kind: 'tags'; repository: string }
  | { kind: 'manifest'; repository: string; reference: string }
  | { kind: 'blob'; repository: string; digest: string }
  | { kind: 'uploads'; repository: string }
  | { kind: 'upload'; repository: string; session: string }
  | { kind: 'referrers'; repository: string; digest: string };

const repositoryPath = (rest: string) =>
  new RegExp(`^/v2/(${REPOSITORY_SOURCE})/${rest}$`);
const TAGS = repositoryPath('tags/list');
const MANIFEST = repositoryPath(`manifests/(${TAG_SOURCE}|${DIGEST_SOURCE})`);
const UPLOADS = repositoryPath('blobs/uploads/?');
const UPLOAD = repositoryPath('blobs/uploads/([a-zA-Z0-9-_.=]+)');
const BLOB = repositoryPath(`blobs/(${DIGEST_SOURCE})`);
const REFERRERS = repositoryPath(`referrers/(${DIGEST_SOURCE})`);

/**
 * Finds the route of a decoded path.
 *
 * @returns undefined for what the router of a real registry answers with a
 * plain 404, invalid names among it.
 */
export function matchRoute(path: string): RegistryRoute | undefined {
  if (path === '/v2/') {
    return { kind: 'base' };
  }
  if (path === '/v2/_catalog') {
    return { kind: 'catalog' };
  }
  const tags = TAGS.exec(path);
  if (tags) {
    return { kind: 'tags', repository: tags[1] };
  }
  const manifest = MANIFEST.exec(path);
  if (manifest) {
    return {
      kind: 'manifest',
      repository: manifest[1],
      reference: manifest[2],
    };
  }
  const referrers = REFERRERS.exec(path);
  if (referrers) {
    return {
      kind: 'referrers',
      repository: referrers[1],
      digest: referrers[2],
    };
  }
  return matchBlobRoute(path);
}

function matchBlobRoute(path: string): RegistryRoute | undefined {
  const uploads = UPLOADS.exec(path);
  if (uploads) {
    return { kind: 'uploads', repository: uploads[1] };
  }
  const upload = UPLOAD.exec(path);
  if (upload) {
    return { kind: 'upload', repository: upload[1], session: upload[2] };
  }
  const blob = BLOB.exec(path);
  return blob
    ? { kind: 'blob', repository: blob[1], digest: blob[2] }
    : undefined;
}
