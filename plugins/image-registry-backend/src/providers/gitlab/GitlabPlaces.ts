import {
  Reason,
  RepositoryItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  because,
  FollowingPage,
  readFollowingPages,
  RegistryCallOptions,
  RegistryError,
  RegistryPage,
  shaped,
  Shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { GitlabApi, GitlabCall } from './GitlabApi';
import { gitlabRepository, toRepositoryItem } from './items';

const TITLE = 'GitLab';
const PAGE_SIZE = 100;
const MOST_PAGES = 500;
/** Projects that are asked one by one. */
const MOST_PROJECTS = 100;
/** Parts of a name that may be a project's path; each is one request. */
const MOST_PARTS = 20;
/** Repositories whose ids are remembered. */
const MOST_KNOWN = 10_000;

/** Where the API has a repository. */
export interface RepositoryPlace {
  id: number;
  projectId: number;
}

const gitlabProject = { id: 'number', path_with_namespace: 'text' } as const;

type Project = Shaped<typeof gitlabProject>;

/**
 * Groups, projects and users, and which repositories are in them. The API
 * knows repositories by number, below their project; their paths alone do not
 * tell where the project's ends.
 */
export class GitlabPlaces {
  readonly #api: GitlabApi;
  readonly #known = new Map<string, RepositoryPlace>();

  constructor(api: GitlabApi) {
    this.#api = api;
  }

  /** Paths of the groups at the top that the token's owner is in. */
  async groups(options: RegistryCallOptions): Promise<RegistryPage<string>> {
    return this.#all(
      {
        ...options,
        path: '/groups',
        query: 'top_level_only=true&min_access_level=20',
        operation: 'list the groups',
      },
      entry => [shaped(entry, { full_path: 'text' }).full_path ?? []].flat(),
    );
  }

  /** Repositories of a group with its subgroups, of a project or of a user. */
  async repositories(
    place: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const name = encodeURIComponent(place);
    const operation = `list the repositories of ${place}`;
    for (const path of [`/groups/${name}`, `/projects/${name}`]) {
      const page = await unlessMissing(
        this.#repositoriesAt(path, operation, options),
      );
      if (page) {
        return page;
      }
    }
    const ofUser = await unlessMissing(
      this.#ofProjects(`/users/${name}/projects`, operation, options),
    );
    if (ofUser) {
      return ofUser;
    }
    throw new RegistryError(
      'not-found',
      `${TITLE}: could not ${operation}: there is no group, project or user ${place}, or the token may not see it`,
      {
        hint: advise(
          'gitlab-check-member',
          'Check the spelling, and that the token’s owner is a member with the role Reporter',
        ),
        status: 404,
      },
    );
  }

  /** Repositories of the projects that the token's owner is a member of. */
  async ownRepositories(
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return this.#ofProjects(
      '/projects?membership=true&archived=false',
      'list the repositories',
      options,
    );
  }

  /** One page of a group's or project's repositories, for a check. */
  async sample(
    place: string,
    options: RegistryCallOptions,
  ): Promise<{ items: RepositoryItem[]; isWhole: boolean }> {
    const name = encodeURIComponent(place);
    const operation = `list the repositories of ${place}`;
    const read = (path: string) =>
      this.#page(
        { ...options, path: `${path}/registry/repositories`, operation },
        undefined,
        entry => this.#noted(entry),
      );
    const page =
      (await unlessMissing(read(`/groups/${name}`))) ??
      (await unlessMissing(read(`/projects/${name}`)));
    if (page) {
      return { items: page.items, isWhole: !page.next };
    }
    const { items, complete } = await this.repositories(place, options);
    return { items, isWhole: complete };
  }

  /** @throws RegistryError `not-found` */
  async find(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RepositoryPlace> {
    const operation = `list the tags of ${repository}`;
    const parts = repository.split('/');
    for (
      let length = Math.min(parts.length, MOST_PARTS);
      length >= 2 && !this.#known.has(repository);
      length--
    ) {
      const project = encodeURIComponent(parts.slice(0, length).join('/'));
      await unlessMissing(
        this.#repositoriesAt(`/projects/${project}`, operation, options),
      );
    }
    const found = this.#known.get(repository);
    if (!found) {
      throw new RegistryError(
        'not-found',
        `${TITLE}: could not ${operation}: there is no such repository, or the token may not see it`,
        {
          hint: advise(
            'gitlab-check-name',
            'Check the spelling: group/project, or group/project/image',
          ),
          status: 404,
        },
      );
    }
    return found;
  }

  #repositoriesAt(
    path: string,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return this.#all(
      { ...options, path: `${path}/registry/repositories`, operation },
      entry => this.#noted(entry),
    );
  }

  /** Project by project, because there is no list across projects of no group. */
  async #ofProjects(
    path: string,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const [bare, query = ''] = path.split('?');
    const { items: projects, next } = await this.#page(
      { ...options, path: bare, query: `${query}&simple=true`, operation },
      undefined,
      project => [shaped(project, gitlabProject)],
    );
    const items: RepositoryItem[] = [];
    let reason = next
      ? because(
          'gitlab-listing-first-projects',
          `Only the first ${MOST_PROJECTS} projects were asked; enter a group or project`,
          { count: String(MOST_PROJECTS) },
        )
      : undefined;
    for (const project of projects.slice(0, MOST_PROJECTS)) {
      const page = await this.#ofProject(project, operation, options);
      items.push(...page.items);
      reason ??= page.reason;
    }
    return reason === undefined
      ? { items, totalItems: items.length, complete: true }
      : { items, complete: false, reason };
  }

  /** What a token may not see may exist; without the registry there is no place. */
  async #ofProject(
    { id, path_with_namespace: path }: Project,
    operation: string,
    options: RegistryCallOptions,
  ): Promise<{ items: RepositoryItem[]; reason?: Reason }> {
    const none = { items: [] };
    try {
      const page = await unlessMissing(
        this.#repositoriesAt(`/projects/${id}`, operation, options),
      );
      return page ?? none;
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'forbidden') {
        const place = path ?? `project ${id}`;
        return {
          ...none,
          reason: because(
            'gitlab-listing-forbidden',
            `The token may not list the repositories of ${place}`,
            { place },
          ),
        };
      }
      throw error;
    }
  }

  #noted(told: object): RepositoryItem[] {
    const entry = shaped(told, gitlabRepository);
    const { id, path, project_id: projectId } = entry;
    if (path && id !== undefined && projectId !== undefined) {
      if (this.#known.size >= MOST_KNOWN) {
        this.#known.clear();
      }
      this.#known.set(path, { id, projectId });
    }
    return toRepositoryItem(entry);
  }

  #all<I extends string | RepositoryItem>(
    call: GitlabCall,
    toItems: (entry: object) => I[],
  ): Promise<RegistryPage<I>> {
    return readFollowingPages<I>({
      mostPages: MOST_PAGES,
      read: next => this.#page(call, next, toItems),
    });
  }

  async #page<I>(
    { signal, priority, path, query, operation }: GitlabCall,
    next: string | undefined,
    toItems: (entry: object) => I[],
  ): Promise<FollowingPage<I>> {
    const first = new URLSearchParams(query);
    first.set('per_page', String(PAGE_SIZE));
    const page = await this.#api.list<object>({
      signal,
      priority,
      path,
      query: next ?? first,
      operation,
    });
    return {
      items: page.entries.flatMap(toItems),
      count: page.entries.length,
      next: page.next,
    };
  }
}

/** What is in one of several places is missing in the others. */
async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') {
      return undefined;
    }
    throw error;
  }
}
