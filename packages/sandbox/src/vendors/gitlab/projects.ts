import { ContentStore } from '../../registry/content/ContentStore';
import { listStoredRepositories } from '../registry/storedImages';

/** A project; images are its own name or below it. */
export interface GitlabProject {
  id: number;
  path: string;
  isPublic: boolean;
}

/** Groups with subgroups, each with what is in it. */
export const groups = ['acme', 'acme/team'];

export const users = ['octo'];

export const projects: readonly GitlabProject[] = [
  { id: 11, path: 'acme/shop', isPublic: false },
  { id: 12, path: 'acme/solo', isPublic: false },
  { id: 13, path: 'acme/team/tool', isPublic: false },
  { id: 14, path: 'octo/notes', isPublic: true },
];

/** A container repository as the API shows it. */
export interface GitlabRepository {
  id: number;
  name: string;
  path: string;
  project_id: number;
  location: string;
  created_at: string;
  status: null;
}

/** What the projects hold, by the order of their names. */
export function listRepositories(
  content: ContentStore,
  registryHost: string,
): GitlabRepository[] {
  return listStoredRepositories(content).flatMap((path, index) => {
    const project = projects.find(
      each => path === each.path || path.startsWith(`${each.path}/`),
    );
    return project
      ? [
          {
            id: 1_000 + index,
            name: path.slice(project.path.length + 1),
            path,
            project_id: project.id,
            location: `${registryHost}/${path}`,
            created_at: '2026-01-10T13:38:57.391Z',
            status: null,
          },
        ]
      : [];
  });
}
