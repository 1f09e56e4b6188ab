import { RepositoryItem } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  NumberedPage,
  readNumberedPages,
  RegistryCallOptions,
  RegistryError,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { harborRepository, toRepositoryItem } from './artifacts';
import {
  entriesOf,
  HarborApi,
  projectPath,
  splitRepository,
} from './HarborApi';
import { listProjects } from './projects';

const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/**
 * The repositories of a project, or of all that the account sees: project by
 * project where the list over all would be that of nobody, of what is public.
 */
export async function listRepositories(
  api: HarborApi,
  project: string | undefined,
  options: RegistryCallOptions,
): Promise<RegistryPage<RepositoryItem>> {
  if (project === undefined && api.mayBeCliSecret) {
    const projects = await listProjects(api, options);
    const pages = await Promise.all(
      projects.items.map(({ name }) => listRepositories(api, name, options)),
    );
    return joinPages(projects, pages);
  }
  return readNumberedPages({
    pageSize: PAGE_SIZE,
    mostPages: MOST_PAGES,
    read: page =>
      readRepositoryPage(api, project, { page, size: PAGE_SIZE }, options),
  });
}

/** One page of them. */
export async function readRepositoryPage(
  api: HarborApi,
  project: string | undefined,
  { page, size }: { page: number; size: number },
  options: RegistryCallOptions,
): Promise<NumberedPage<RepositoryItem>> {
  const { entries, ...counted } = entriesOf(
    await api.send({
      ...options,
      path: `${
        project ? projectPath(project) : ''
      }/repositories?page=${page}&page_size=${size}`,
      operation: `list the repositories${project ? ` of ${project}` : ''}`,
      needs: { resource: 'Repository', action: 'List', project },
    }),
    harborRepository,
  );
  return { ...counted, items: entries.flatMap(toRepositoryItem) };
}

/**
 * Makes sure that a repository exists: Harbor lists no artifacts for one that
 * does not, as if it were empty.
 *
 * @throws RegistryError `not-found`
 */
export async function assertRepository(
  api: HarborApi,
  repository: string,
  options: RegistryCallOptions,
): Promise<void> {
  const { project } = splitRepository(repository);
  const operation = `list the tags of ${repository}`;
  const q = encodeURIComponent(`name=${repository}`);
  const { entries } = entriesOf(
    await api.send({
      ...options,
      path: `${projectPath(project)}/repositories?q=${q}&page=1&page_size=1`,
      operation,
      needs: { resource: 'Repository', action: 'List', project },
    }),
    harborRepository,
  );
  if (!entries.length) {
    throw new RegistryError(
      'not-found',
      `Harbor: could not ${operation}: there is no such repository`,
      {
        hint: advise(
          'harbor-check-name',
          'Check the name; it begins with the project',
        ),
      },
    );
  }
}

/** Whole only where the list of the projects and all of their lists are. */
function joinPages(
  projects: RegistryPage<unknown>,
  pages: RegistryPage<RepositoryItem>[],
): RegistryPage<RepositoryItem> {
  const items = pages.flatMap(page => page.items);
  const cut = [projects, ...pages].find(({ complete }) => !complete);
  return cut
    ? { items, complete: false, reason: cut.reason }
    : { items, totalItems: items.length, complete: true };
}
