import { ContentStore } from '../../registry/content/ContentStore';
import { namespacesOf } from '../registry/namespacesOf';
import {
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { registryRefusal, sliceOf } from './answers';
import { Logins } from './Logins';

/** What the operations work on. */
export interface BasicState {
  content: ContentStore;
  logins: Logins;
  host: string;
}

interface Route {
  method: string;
  path: RegExp;
  /** IAM action. */
  permission: string;
  answer(
    parts: string[],
    request: VendorRequest,
    state: BasicState,
  ): VendorAnswer;
}

/** Operations of support.huaweicloud.com/intl/en-us/api-swr/swr_02_0018.html */
const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v2\/manage\/namespaces$/,
    permission: 'swr:namespace:listNamespaces',
    answer: (_, __, { content }) =>
      jsonAnswer({
        namespaces: namespacesOf(content).map((name, id) => ({
          id,
          name,
          creator_name: 'acme',
          auth: 7,
        })),
      }),
  },
  {
    method: 'GET',
    path: /^\/v2\/manage\/namespaces\/([^/]+)$/,
    permission: 'swr:namespace:getNamespace',
    answer: ([name], _, { content }) =>
      namespacesOf(content).includes(name)
        ? jsonAnswer({ id: 1, name })
        : registryRefusal(404, 'SVCSTG.SWR.4040000', 'Not found the namespace'),
  },
  {
    method: 'GET',
    path: /^\/v2\/manage\/repos$/,
    permission: 'swr:repo:listRepos',
    answer: listRepositories,
  },
  {
    method: 'GET',
    path: /^\/v2\/manage\/namespaces\/([^/]+)\/repos\/([^/]+)\/tags$/,
    permission: 'swr:repo:listRepoTags',
    answer: listTags,
  },
  {
    method: 'POST',
    path: /^\/v2\/manage\/utils\/secret$/,
    permission: 'swr::createLoginSecret',
    answer: (_, __, { host, logins }) => {
      const { expiresAt, password, username } = logins.issue();
      const auth = Buffer.from(`${username}:${password}`).toString('base64');
      return jsonAnswer(
        { auths: { [host]: { auth } } },
        {
          headers: {
            'X-Swr-Dockerlogin': `docker login -u ${username} -p ${password} ${host}`,
            'X-Swr-Expireat': expiresAt.toISOString(),
          },
        },
      );
    },
  },
];

/** The operation that a request asks for, with what IAM wants for it. */
export function findBasic(
  request: VendorRequest,
): { permission: string; answer(state: BasicState): VendorAnswer } | undefined {
  for (const { answer, method, path, permission } of routes) {
    const match = request.method === method && path.exec(request.path);
    if (match) {
      return {
        permission,
        answer: state => answer(match.slice(1), request, state),
      };
    }
  }
  return undefined;
}

function listRepositories(
  _: string[],
  { query }: VendorRequest,
  { content }: BasicState,
): VendorAnswer {
  const namespace = query.get('namespace') ?? '';
  const names = listStoredRepositories(content).filter(name =>
    // Organizations of similar names are found, too.
    name.split('/', 1)[0].includes(namespace),
  );
  const slice = sliceOf(names, query, 100);
  if ('refusal' in slice) {
    return slice.refusal;
  }
  return jsonAnswer(
    slice.page.map(full => {
      const slash = full.indexOf('/');
      return {
        namespace: full.slice(0, slash),
        name: full.slice(slash + 1),
        category: 'other',
        description: `Images of ${full}`,
        is_public: full.startsWith('opensource/'),
        num_images: content.listTags(full)?.length ?? 0,
        num_download: 7,
        updated_at: lastPushOf(content, full)?.toISOString(),
        total_range: names.length,
      };
    }),
    { headers: rangeOf(slice.offset, slice.page.length, names.length) },
  );
}

function listTags(
  [namespace, name]: string[],
  { query }: VendorRequest,
  { content }: BasicState,
): VendorAnswer {
  // In paths a $ stands for the slashes of a name.
  const repository = `${namespace}/${name.replaceAll('$', '/')}`;
  if (!content.hasRepository(repository)) {
    return registryRefusal(404, 'SVCSTG.SWR.4040001', 'Not found the repo');
  }
  const tags = listStoredImages(content, repository)
    .flatMap(image => image.tags.map(tag => ({ image, tag })))
    .sort((a, b) => b.tag.pushedAt.getTime() - a.tag.pushedAt.getTime());
  const slice = sliceOf(tags, query, 100);
  if ('refusal' in slice) {
    return slice.refusal;
  }
  return jsonAnswer(
    slice.page.map(({ image, tag }) => ({
      Tag: tag.name,
      digest: image.digest,
      image_id: image.configDigest,
      size: image.size,
      created: tag.pushedAt.toISOString(),
      updated: tag.pushedAt.toISOString(),
      tag_type: image.isIndex ? 1 : 0,
    })),
    { headers: rangeOf(slice.offset, slice.page.length, tags.length) },
  );
}

function rangeOf(offset: number, count: number, total: number) {
  return { 'Content-Range': `${offset}-${count}/${total}` };
}
