import {
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import {
  HarborCall,
  HarborRefusal,
  pageAnswer,
  projectOf,
  SignedHarborCall,
} from './HarborCall';

/** Of one project, or of all that somebody sees. */
export function listRepositories(
  call: SignedHarborCall,
  project: string | undefined,
): VendorAnswer {
  if (project !== undefined) {
    call.need('repository:list', project);
    projectOf(call, project);
  }
  const projects =
    project === undefined
      ? call.state.visibleProjects(call.account).map(({ name }) => name)
      : [project];
  const [, wanted] =
    /^name=(.+)$/.exec(call.request.query.get('q') ?? '') ?? [];
  return pageAnswer(
    call,
    listStoredRepositories(call.content)
      .filter(name => projects.includes(name.split('/', 1)[0]))
      .filter(name => !wanted || name === wanted)
      .map(name => toRepository(call, name)),
  );
}

export function getRepository(
  call: SignedHarborCall,
  project: string,
  repository: string,
): VendorAnswer {
  call.need('repository:read', project);
  if (!call.content.hasRepository(repository)) {
    throw new HarborRefusal(
      404,
      'NOT_FOUND',
      `repository ${repository} not found`,
    );
  }
  return jsonAnswer(toRepository(call, repository));
}

function toRepository({ content, state }: HarborCall, name: string) {
  const [project] = name.split('/', 1);
  const pushed = lastPushOf(content, name)?.toISOString();
  return {
    id: name.length,
    project_id: state.project(project)?.id,
    name,
    description: '',
    artifact_count: listStoredImages(content, name).length,
    pull_count: 7,
    creation_time: '2026-01-05T09:00:00.000Z',
    ...(pushed && { update_time: pushed }),
  };
}
