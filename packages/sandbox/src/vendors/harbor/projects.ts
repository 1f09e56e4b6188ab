import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { pageAnswer, projectOf, SignedHarborCall } from './HarborCall';
import { HarborProject } from './HarborState';

/** Everybody gets a list, of what is public and of what is theirs. */
export function listProjects(call: SignedHarborCall): VendorAnswer {
  return pageAnswer(
    call,
    call.state.visibleProjects(call.account).map(toProject),
  );
}

export function getProject(call: SignedHarborCall, name: string): VendorAnswer {
  call.need('project:read', name);
  return jsonAnswer(toProject(projectOf(call, name)));
}

/** The quota is left out for who may not read it. */
export function getSummary(call: SignedHarborCall, name: string): VendorAnswer {
  call.need('project:read', name);
  const project = projectOf(call, name);
  return jsonAnswer({
    repo_count: 4,
    ...(call.state.may(call.account, 'quota:read', name) && {
      quota: roomOf(project),
    }),
  });
}

export function listQuotas(call: SignedHarborCall): VendorAnswer {
  call.need('quota:list');
  return pageAnswer(
    call,
    call.state.projects.map(project => ({
      id: project.id,
      ref: { id: project.id, name: project.name, owner_name: 'admin' },
      creation_time: '2026-01-05T09:00:00.000Z',
      update_time: '2026-11-16T09:30:00.000Z',
      ...roomOf(project),
    })),
  );
}

function toProject({ id, isPublic, name }: HarborProject) {
  return {
    project_id: id,
    owner_id: 1,
    name,
    creation_time: '2026-01-05T09:00:00.000Z',
    update_time: '2026-01-05T09:00:00.000Z',
    deleted: false,
    owner_name: 'admin',
    togglable: false,
    current_user_role_id: 0,
    current_user_role_ids: null,
    repo_count: 4,
    metadata: { public: String(isPublic), auto_scan: 'true' },
    cve_allowlist: { id: id - 1, project_id: id, items: [] },
  };
}

function roomOf({ storageLimit, storageUsed }: HarborProject) {
  return { hard: { storage: storageLimit }, used: { storage: storageUsed } };
}
