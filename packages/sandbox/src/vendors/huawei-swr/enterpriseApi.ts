import { ContentStore } from '../../registry/content/ContentStore';
import { namespacesOf } from '../registry/namespacesOf';
import {
  findStoredImage,
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { gatewayRefusal, sliceOf } from './answers';
import { Logins } from './Logins';

/** The simulated instance of the Enterprise Edition. */
export const HUAWEI_INSTANCE = {
  id: '0c1d2e3f-0000-4000-8000-000000000001',
  projectId: '0123456789abcdef0123456789abcdef',
  host: 'acme-a1b2c3.swr-pro.myhuaweicloud.com',
} as const;

/** A trigger as the API takes it. */
export interface HuaweiTrigger {
  id?: number;
  name?: string;
  targets?: unknown;
  event_types?: unknown;
}

/** What the operations work on. */
export interface EnterpriseState {
  content: ContentStore;
  logins: Logins;
  /** By namespace. */
  triggers: Map<string, HuaweiTrigger[]>;
}

interface Route {
  method: string;
  /** Below the instance; encoded, as it was sent. */
  path: RegExp;
  /** IAM action. */
  permission: string;
  answer(
    parts: string[],
    request: VendorRequest,
    state: EnterpriseState,
  ): VendorAnswer;
}

const ARTIFACTS = '/namespaces/([^/]+)/repositories/([^/]+)/artifacts';

/** Operations of support.huaweicloud.com/intl/en-us/api-swr2/swr_02_0065.html */
const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/namespaces$/,
    permission: 'swr:repository:listNamespaces',
    answer: (_, { query }, { content }) => {
      const names = namespacesOf(content);
      return listing(names, query, 'namespaces', (name, id) => ({
        namespace_id: id,
        name,
        metadata: { public: String(name === 'opensource') },
      }));
    },
  },
  {
    method: 'GET',
    path: /^(?:\/namespaces\/([^/]+))?\/repositories$/,
    permission: 'swr:repository:listRepositories',
    answer: listRepositories,
  },
  {
    method: 'GET',
    path: new RegExp(`^${ARTIFACTS}$`),
    permission: 'swr:repository:listArtifacts',
    answer: listArtifacts,
  },
  {
    method: 'GET',
    path: new RegExp(`^${ARTIFACTS}/([^/]+)$`),
    permission: 'swr:repository:getArtifact',
    answer: showArtifact,
  },
  {
    method: 'POST',
    path: /^\/temp-credential$/,
    permission: 'swr:instance:createTempCredential',
    answer: (_, __, { logins }) => {
      const { expiresAt, password, username } = logins.issue();
      return jsonAnswer(
        {
          user_id: username,
          auth_token: password,
          expire_date: expiresAt.toISOString(),
        },
        { status: 201 },
      );
    },
  },
  {
    method: 'GET',
    path: /^\/namespaces\/([^/]+)\/webhook\/policies$/,
    permission: 'swr:repository:listWebhooks',
    answer: ([namespace], { query }, { triggers }) =>
      listing(
        triggers.get(namespace) ?? [],
        query,
        'policies',
        trigger => trigger,
      ),
  },
  {
    method: 'POST',
    path: /^\/namespaces\/([^/]+)\/webhook\/policies$/,
    permission: 'swr:repository:createWebhook',
    answer: putTrigger,
  },
  {
    method: 'PUT',
    path: /^\/namespaces\/([^/]+)\/webhook\/policies\/(\d+)$/,
    permission: 'swr:repository:updateWebhook',
    answer: putTrigger,
  },
];

/** The operation that a request asks for, with what IAM wants for it. */
export function findEnterprise(request: VendorRequest):
  | {
      permission: string;
      answer(state: EnterpriseState): VendorAnswer;
    }
  | undefined {
  const { id, projectId } = HUAWEI_INSTANCE;
  const base = `/v2/${projectId}/instances`;
  if (request.rawPath === base && request.method === 'GET') {
    return { permission: 'swr:instance:list', answer: listInstances };
  }
  if (!request.rawPath.startsWith(`${base}/${id}/`)) {
    return undefined;
  }
  const below = request.rawPath.slice(`${base}/${id}`.length);
  for (const { answer, method, path, permission } of routes) {
    const match = request.method === method && path.exec(below);
    if (match) {
      // Once by the gateway, and once more by the API behind it.
      const parts = match
        .slice(1)
        .map(part => decodeURIComponent(decodeURIComponent(part ?? '')));
      return { permission, answer: state => answer(parts, request, state) };
    }
  }
  return undefined;
}

function listInstances(): VendorAnswer {
  const { host, id, projectId } = HUAWEI_INSTANCE;
  return jsonAnswer({
    instances: [
      {
        id,
        name: 'acme',
        project_id: projectId,
        access_address: host,
        status: 'Running',
      },
    ],
    total: 1,
  });
}

function listRepositories(
  [namespace]: string[],
  { query }: VendorRequest,
  { content }: EnterpriseState,
): VendorAnswer {
  if (namespace && !namespacesOf(content).includes(namespace)) {
    return notFound('namespace');
  }
  const names = listStoredRepositories(content).filter(
    name => !namespace || name.startsWith(`${namespace}/`),
  );
  return listing(names, query, 'repositories', (full, id) => {
    const slash = full.indexOf('/');
    return {
      id,
      name: full.slice(slash + 1),
      namespace_name: full.slice(0, slash),
      description: `Images of ${full}`,
      tag_count: content.listTags(full)?.length ?? 0,
      pull_count: 7,
      updated_at: lastPushOf(content, full)?.toISOString(),
    };
  });
}

function listArtifacts(
  [namespace, name]: string[],
  { query }: VendorRequest,
  { content }: EnterpriseState,
): VendorAnswer {
  const repository = `${namespace}/${name}`;
  if (!content.hasRepository(repository)) {
    return notFound('repository');
  }
  const images = listStoredImages(content, repository);
  return listing(images, query, 'artifacts', image => ({
    digest: image.digest,
    type: image.artifactType?.includes('helm') ? 'CHART' : 'IMAGE',
    manifest_media_type: image.mediaType,
    size: image.size,
    push_time: image.pushedAt?.toISOString(),
    tags: image.tags.map(tag => ({
      name: tag.name,
      push_time: tag.pushedAt.toISOString(),
    })),
  }));
}

/** Only `web` was ever scanned. */
function showArtifact(
  [namespace, name, reference]: string[],
  { query }: VendorRequest,
  { content }: EnterpriseState,
): VendorAnswer {
  const image = findStoredImage(content, `${namespace}/${name}`, reference);
  if (!image) {
    return notFound('artifact');
  }
  const isScanned =
    name === 'web' && query.get('with_scan_overview') === 'true';
  return jsonAnswer({
    digest: image.digest,
    type: 'IMAGE',
    ...(isScanned && {
      scan_overview: {
        'application/vnd.security.vulnerability.report; version=1.1': {
          scan_status: 'Success',
          severity: 'High',
          end_time: '2026-11-05T10:00:00Z',
          scanner: { name: 'Trivy', version: '0.60' },
          summary: {
            total: 12,
            fixable: 4,
            summary: { High: 2, Medium: 3, Low: 7 },
          },
        },
      },
    }),
  });
}

function putTrigger(
  [namespace, id]: string[],
  request: VendorRequest,
  { triggers }: EnterpriseState,
): VendorAnswer {
  const others = (triggers.get(namespace) ?? []).filter(
    trigger => String(trigger.id) !== id,
  );
  const trigger = {
    ...(jsonBodyOf(request) as HuaweiTrigger),
    id: id ? Number(id) : others.length + 1,
  };
  triggers.set(namespace, [...others, trigger]);
  return jsonAnswer({ id: trigger.id }, { status: id ? 200 : 201 });
}

function listing<T>(
  entries: T[],
  query: URLSearchParams,
  field: string,
  describe: (entry: T, index: number) => object,
): VendorAnswer {
  const slice = sliceOf(entries, query, 10);
  return 'refusal' in slice
    ? slice.refusal
    : jsonAnswer({ [field]: slice.page.map(describe), total: entries.length });
}

function notFound(what: string): VendorAnswer {
  return gatewayRefusal(404, 'SWR.0404', `${what} not found`);
}
