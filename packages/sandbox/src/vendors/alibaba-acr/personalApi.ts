import { ContentStore } from '../../registry/content/ContentStore';
import { namespacesOf } from '../registry/namespacesOf';
import { taggedImages } from '../registry/taggedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { bareDigest, pageOf, repositoriesOf } from './images';
import { TemporaryLogins } from './TemporaryLogins';
import { Triggers } from './Triggers';

/** What the operations work on. */
export interface PersonalState {
  content: ContentStore;
  logins: TemporaryLogins;
  triggers: Triggers;
}

interface Route {
  method: string;
  path: RegExp;
  /** RAM action. */
  permission: string;
  answer(
    parts: string[],
    request: VendorRequest,
    state: PersonalState,
  ): VendorAnswer;
}

const NAME = '([^/]+)';

/**
 * ROA operations of version 2016-06-07:
 * help.aliyun.com/zh/acr/user-guide/list-of-operations-by-function
 */
const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/tokens$/,
    permission: 'cr:GetAuthorizationToken',
    answer: (_, __, { logins }) => {
      const { expiresAt, password, username } = logins.issue();
      return data({
        tempUserName: username,
        authorizationToken: password,
        expireDate: expiresAt,
      });
    },
  },
  {
    method: 'GET',
    path: /^\/namespace$/,
    permission: 'cr:ListNamespace',
    answer: (_, __, { content }) =>
      data({
        namespaces: namespacesOf(content).map(namespace => ({
          namespace,
          namespaceStatus: 'NORMAL',
          authorizeType: 'ADMIN',
        })),
      }),
  },
  {
    method: 'GET',
    path: /^\/repos(?:\/([^/]+))?$/,
    permission: 'cr:ListRepository',
    answer: listRepositories,
  },
  {
    method: 'GET',
    path: new RegExp(`^/repos/${NAME}/${NAME}/tags$`),
    permission: 'cr:ListRepositoryTag',
    answer: listTags,
  },
  {
    method: 'GET',
    path: new RegExp(`^/repos/${NAME}/${NAME}/webhooks$`),
    permission: 'cr:ListWebHook',
    answer: ([namespace, name], _, { triggers }) =>
      data({
        webhooks: triggers.of(`${namespace}/${name}`).map(trigger => ({
          webhookId: trigger.id,
          webhookName: trigger.name,
          webhookUrl: trigger.url,
        })),
      }),
  },
  {
    method: 'PUT',
    path: new RegExp(`^/repos/${NAME}/${NAME}/webhooks$`),
    permission: 'cr:CreateWebHook',
    answer: putWebhook,
  },
  {
    method: 'POST',
    path: new RegExp(`^/repos/${NAME}/${NAME}/webhooks/${NAME}$`),
    permission: 'cr:UpdateWebHook',
    answer: putWebhook,
  },
];

/** The operation that a request asks for, with what RAM wants for it. */
export function findPersonal(request: VendorRequest):
  | {
      permission: string;
      answer(state: PersonalState): VendorAnswer;
    }
  | undefined {
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
  [namespace]: string[],
  { query }: VendorRequest,
  { content }: PersonalState,
): VendorAnswer {
  if (namespace && !namespacesOf(content).includes(namespace)) {
    return failure(404, 'NAMESPACE_NOT_EXIST', 'namespace is not exist');
  }
  const entries = repositoriesOf(content, namespace);
  return data({
    ...paging(query, entries.length),
    repos: pageOf(entries, ...pageAsked(query)).map(each => ({
      repoNamespace: each.namespace,
      repoName: each.name,
      repoType: each.namespace === 'opensource' ? 'PUBLIC' : 'PRIVATE',
      repoStatus: 'NORMAL',
      summary: `Images of ${each.name}`,
      gmtModified: each.modified,
      downloads: 7,
    })),
  });
}

function listTags(
  [namespace, name]: string[],
  { query }: VendorRequest,
  { content }: PersonalState,
): VendorAnswer {
  const repository = `${namespace}/${name}`;
  if (!content.hasRepository(repository)) {
    return failure(404, 'REPO_NOT_EXIST', 'repo is not exist');
  }
  const entries = taggedImages(content, repository);
  return data({
    ...paging(query, entries.length),
    tags: pageOf(entries, ...pageAsked(query)).map(({ image, tag }) => ({
      tag: tag.name,
      digest: bareDigest(image.digest),
      imageId: bareDigest(image.configDigest ?? image.digest),
      imageSize: image.size,
      imageCreate: tag.pushedAt.getTime(),
      imageUpdate: tag.pushedAt.getTime(),
      status: 'NORMAL',
    })),
  });
}

function putWebhook(
  [namespace, name, id]: string[],
  request: VendorRequest,
  { triggers }: PersonalState,
): VendorAnswer {
  const body = jsonBodyOf(request) as {
    Webhook?: { WebhookName?: string; WebhookUrl?: string };
  };
  const webhookId = triggers.put(
    `${namespace}/${name}`,
    {
      name: body.Webhook?.WebhookName ?? '',
      url: body.Webhook?.WebhookUrl ?? '',
    },
    id,
  );
  return data({ webhookId });
}

function pageAsked(query: URLSearchParams): [page: number, size: number] {
  return [Number(query.get('Page') ?? 1), Number(query.get('PageSize') ?? 30)];
}

function paging(query: URLSearchParams, total: number) {
  const [page, pageSize] = pageAsked(query);
  return { page, pageSize, total };
}

function data(fields: object): VendorAnswer {
  return jsonAnswer({
    data: fields,
    requestId: '3666F8EA-1468-4BEA-883B-000000000001',
  });
}

function failure(status: number, code: string, message: string): VendorAnswer {
  return jsonAnswer(
    { code, message, requestId: '3666F8EA-1468-4BEA-883B-000000000001' },
    { status },
  );
}
