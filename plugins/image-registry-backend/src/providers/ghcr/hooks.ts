import {
  advise,
  MadeWebhook,
  NewWebhook,
  RegistryCallOptions,
  RegistryError,
  remedies,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { GithubApi } from './GithubApi';
import { GithubOwners } from './GithubOwners';
import { githubPackage } from './items';

const TITLE = 'GitHub Container Registry';
/** Hooks that one place can have of one event. */
const MOST_HOOKS = 100;

interface Hook {
  id?: number;
  config?: { url?: string } | null;
}

/** A place that has webhooks: `/orgs/acme` or `/repos/acme/shop`. */
interface HookPlace {
  path: string;
  /** Of its settings page. */
  web: string;
  needs: 'admin:org_hook' | 'admin:repo_hook';
}

/** What is needed to make webhooks. */
export interface HookParts {
  api: GithubApi;
  owners: GithubOwners;
  /** Base URL of GitHub's pages. */
  webUrl: string;
}

/**
 * Makes the webhook for packages at the organization, or at each repository
 * that one of the packages is linked to; the one of the same URL is changed.
 *
 * @throws RegistryError `unsupported` when there is no place for it
 */
export async function makeHooks(
  parts: HookParts,
  webhook: NewWebhook,
  options: RegistryCallOptions,
): Promise<MadeWebhook> {
  const places = await placesOf(parts, webhook, options);
  const locations: string[] = [];
  for (const place of places) {
    locations.push(await makeHook(parts.api, place, webhook, options));
  }
  return { location: locations.join(', ') };
}

async function placesOf(
  { api, owners, webUrl }: HookParts,
  { place, repositories = [] }: NewWebhook,
  options: RegistryCallOptions,
): Promise<HookPlace[]> {
  const repositoryPlace = (name: string): HookPlace => ({
    path: `/repos/${name}`,
    web: `${webUrl}/${name}/settings/hooks`,
    needs: 'admin:repo_hook',
  });
  if (place?.includes('/')) {
    return [repositoryPlace(place)];
  }
  if (place && !repositories.length) {
    const owner = await owners.find(place, options);
    if (owner.isOrganization) {
      return [
        {
          path: `/orgs/${encodeURIComponent(owner.login)}`,
          web: `${webUrl}/organizations/${owner.login}/settings/hooks`,
          needs: 'admin:org_hook',
        },
      ];
    }
  }
  if (!repositories.length) {
    throw new RegistryError(
      'unsupported',
      `${TITLE}: did not create the webhook: a user has none for all packages`,
      { hint: remedies.nameRepositories },
    );
  }
  const linked = new Set<string>();
  for (const repository of repositories) {
    linked.add(await linkedRepository({ api, owners }, repository, options));
  }
  return [...linked].map(repositoryPlace);
}

/** Full name of the repository that a package is linked to. */
async function linkedRepository(
  { api, owners }: Pick<HookParts, 'api' | 'owners'>,
  repository: string,
  options: RegistryCallOptions,
): Promise<string> {
  const operation = `find the repository that ${repository} is linked to`;
  const [owner, ...rest] = repository.split('/');
  const place = await owners.path(owner, operation, options);
  const response = await api.call({
    ...options,
    path: `${place}/packages/container/${encodeURIComponent(rest.join('/'))}`,
    operation,
    needs: 'read:packages',
  });
  const name = shaped(response.json(), githubPackage).repository?.full_name;
  if (!name || !/^[\w.-]+\/[\w.-]+$/.test(name)) {
    throw new RegistryError(
      'unsupported',
      `${TITLE}: did not create the webhook: the package ${repository} is linked to no repository`,
      {
        hint: advise(
          'ghcr-connect-repository',
          'On the page of the package choose Connect Repository, or make the webhook for the whole organization',
        ),
      },
    );
  }
  return name;
}

async function makeHook(
  api: GithubApi,
  place: HookPlace,
  { url, secret }: NewWebhook,
  options: RegistryCallOptions,
): Promise<string> {
  const call = {
    ...options,
    operation: `create the webhook at ${place.path.replace(/^\/\w+\//, '')}`,
    needs: place.needs,
  };
  const path = `${place.path}/hooks`;
  const before = await api.call({
    ...call,
    path: `${path}?per_page=${MOST_HOOKS}`,
  });
  const hooks = before.json<Array<Hook | null>>();
  const existing = (Array.isArray(hooks) ? hooks : []).find(
    hook => hook?.config?.url === url && Number.isInteger(hook.id),
  );
  const response = await api.call({
    ...call,
    method: existing ? 'PATCH' : 'POST',
    path: existing ? `${path}/${existing.id}` : path,
    body: {
      ...(!existing && { name: 'web' }),
      active: true,
      events: ['package'],
      config: { url, content_type: 'json', secret, insecure_ssl: '0' },
    },
    secrets: [secret],
  });
  const { id } = response.json<Hook>();
  return id === undefined ? place.web : `${place.web}/${id}`;
}
