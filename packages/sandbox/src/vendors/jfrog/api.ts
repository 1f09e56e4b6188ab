import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { JFrogCaller, refusal } from './accounts';
import { answerAql } from './aql';
import { listFiles, StoredFile } from './files';
import { SimulatedRepository } from './SimulatedJFrog';

const CONTEXT = '/artifactory';

/** Answers what is below `/artifactory/api`; undefined for anything else. */
export function answerArtifactoryApi(
  repositories: readonly SimulatedRepository[],
  caller: JFrogCaller | undefined,
  request: VendorRequest,
): VendorAnswer | undefined {
  if (!request.path.startsWith(`${CONTEXT}/api/`)) {
    return undefined;
  }
  if (!caller) {
    return refusal(401, 'Authentication is required');
  }
  if (!caller.mayRead) {
    return refusal(403, 'Forbidden: not permitted to read');
  }
  switch (request.path) {
    case `${CONTEXT}/api/repositories`:
      return jsonAnswer(repositories.map(each => toEntry(each, request.url)));
    case `${CONTEXT}/api/search/aql`:
      return answerAql(repositories, request);
    default: {
      const [, key, path] =
        /^\/artifactory\/api\/storage\/([^/]+)\/(.+)$/.exec(request.path) ?? [];
      return key
        ? storage(repositories, key, path, request)
        : refusal(404, 'File not found.');
    }
  }
}

function toEntry(
  { key, packageType, type }: SimulatedRepository,
  { origin }: URL,
) {
  return {
    key,
    description: '',
    type,
    url: `${origin}${CONTEXT}/${key}`,
    packageType,
  };
}

/** Folder information, or with `?list` the files below it. */
function storage(
  repositories: readonly SimulatedRepository[],
  key: string,
  path: string,
  { query, url }: VendorRequest,
): VendorAnswer {
  const repository = repositories.find(each => each.key === key);
  const files = repository
    ? listFiles(repositories, repository.stores).filter(file =>
        `${file.path}/`.startsWith(`${path}/`),
      )
    : [];
  const uri = `${url.origin}${CONTEXT}/api/storage/${key}/${path}`;
  if (!files.length) {
    return refusal(404, 'Unable to find item');
  }
  return query.has('list')
    ? jsonAnswer({
        uri,
        created: files[0].modified,
        files: files.map(file => toListed(file, path)),
      })
    : jsonAnswer({ repo: key, path: `/${path}`, children: [], uri });
}

function toListed(file: StoredFile, path: string) {
  return {
    uri: `${file.path.slice(path.length)}/${file.name}`,
    size: file.size,
    lastModified: file.modified,
    folder: false,
    sha1: file.sha256.slice(0, 40),
    sha2: file.sha256,
  };
}
