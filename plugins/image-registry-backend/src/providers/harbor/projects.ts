import {
  readNumberedPages,
  RegistryCallOptions,
  RegistryError,
  RegistryPage,
  RegistryQuota,
  remedies,
  Shaped,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { entriesOf, HarborApi, projectPath } from './HarborApi';

const PAGE_SIZE = 100;
const MOST_PAGES = 100;

/** What of a project's entry is used. */
const harborProject = {
  name: 'text',
  /** Values are texts, also `true` and `false`. */
  metadata: { public: 'text' },
} as const;

const harborRoom = {
  /** Bytes; -1: no limit. */
  hard: { storage: 'number' },
  used: { storage: 'number' },
} as const;

/** A project, and whether everybody may pull from it. */
export interface Project {
  name: string;
  isPublic?: boolean;
}

/** The projects that the account may see. */
export function listProjects(
  api: HarborApi,
  options: RegistryCallOptions,
): Promise<RegistryPage<Project>> {
  return readNumberedPages<Project>({
    pageSize: PAGE_SIZE,
    mostPages: MOST_PAGES,
    read: async page => {
      const { entries, ...counted } = entriesOf(
        await api.send({
          ...options,
          path: `/projects?page=${page}&page_size=${PAGE_SIZE}&with_detail=false`,
          operation: 'list the projects',
          needs: { resource: 'Project', action: 'List' },
        }),
        harborProject,
      );
      return { ...counted, items: entries.flatMap(toProject) };
    },
  });
}

/**
 * Whether the projects of repositories are public, by their names; without
 * the right to read projects nothing is known of them.
 */
export async function readVisibility(
  api: HarborApi,
  project: string | undefined,
  options: RegistryCallOptions,
): Promise<ReadonlyMap<string, boolean>> {
  try {
    const projects = project
      ? toProject(
          shaped(
            (await readProject(api, project, options)).json(),
            harborProject,
          ),
        )
      : (await listProjects(api, options)).items;
    return new Map(
      projects.flatMap(({ name, isPublic }) =>
        isPublic === undefined ? [] : [[name, isPublic]],
      ),
    );
  } catch (error) {
    if (error instanceof RegistryError) {
      return new Map();
    }
    throw error;
  }
}

/** How full a project is, or all of them where none is given. */
export async function readQuotas(
  api: HarborApi,
  project: string | undefined,
  options: RegistryCallOptions,
): Promise<RegistryQuota[]> {
  if (project) {
    const response = await api.send({
      ...options,
      path: `${projectPath(project)}/summary`,
      operation: `read the quota of project ${project}`,
      needs: { resource: 'Project', action: 'Read', project },
    });
    const { quota } = shaped(response.json(), { quota: harborRoom });
    // Harbor leaves it out for who may not read it.
    return toQuota(project, quota);
  }
  const page = await readNumberedPages<RegistryQuota>({
    pageSize: PAGE_SIZE,
    mostPages: MOST_PAGES,
    keyOf: ({ place }) => place,
    read: async number => {
      const { entries, ...counted } = entriesOf(
        await api.send({
          ...options,
          path: `/quotas?reference=project&page=${number}&page_size=${PAGE_SIZE}`,
          operation: 'list the quotas of the projects',
          needs: { resource: 'Quota', action: 'List' },
        }),
        { ...harborRoom, ref: { name: 'text' } },
      );
      return {
        ...counted,
        items: entries.flatMap(({ ref, ...room }) => toQuota(ref?.name, room)),
      };
    },
  });
  if (!page.complete) {
    throw new RegistryError(
      'invalid-response',
      `Harbor: could not list the quotas of the projects: ${page.reason?.message}`,
      { hint: remedies.tryLater },
    );
  }
  return page.items;
}

function readProject(
  api: HarborApi,
  project: string,
  options: RegistryCallOptions,
) {
  return api.send({
    ...options,
    path: projectPath(project),
    operation: `read project ${project}`,
    needs: { resource: 'Project', action: 'Read', project },
  });
}

function toProject({
  name,
  metadata,
}: Shaped<typeof harborProject>): Project[] {
  const visibility = metadata?.public;
  return name
    ? [
        {
          name,
          ...((visibility === 'true' || visibility === 'false') && {
            isPublic: visibility === 'true',
          }),
        },
      ]
    : [];
}

function toQuota(
  place: string | undefined,
  room: Shaped<typeof harborRoom> | undefined,
): RegistryQuota[] {
  const used = room?.used?.storage;
  const limit = room?.hard?.storage;
  return place && typeof used === 'number'
    ? [
        {
          place,
          used,
          ...(typeof limit === 'number' && limit >= 0 && { limit }),
        },
      ]
    : [];
}
