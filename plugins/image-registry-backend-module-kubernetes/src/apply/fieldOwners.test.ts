import { readFixture } from '../testing/replay';
import { cronJob } from '../workloads/cronJob';
import { deployment } from '../workloads/deployment';
import { WorkloadObject } from '../workloads/objects';
import { imageOwners } from './fieldOwners';

const { workloads } = readFixture<{
  workloads: Array<{ note: string; object: WorkloadObject }>;
}>('workloads');

function recorded(note: RegExp): WorkloadObject {
  const found = workloads.find(candidate => note.test(candidate.note));
  if (!found) {
    throw new Error(`Nothing was recorded as ${note}`);
  }
  return found.object;
}

describe('imageOwners', () => {
  it.each([
    [/after the client-side apply/, 'kubectl-client-side-apply', 'Update'],
    [/^force=true: 200/, 'deploydriver', 'Apply'],
    [/^argocd-controller applies/, 'argocd-controller', 'Apply'],
    [/^helm creates/, 'helm', 'Update'],
  ])('of %s is %s', (note, manager, operation) => {
    const owners = imageOwners(deployment, recorded(note), 'containers', 'web');
    expect(owners).toEqual([
      { manager, operation, time: expect.stringMatching(/^2026-11-21T/) },
    ]);
  });

  it('finds the image inside the template of a CronJob', () => {
    const workload = recorded(/CronJob image by SSA, force/);
    const container =
      cronJob.podSpec(workload)?.containers?.[0].name ?? 'missing';
    const owners = imageOwners(cronJob, workload, 'containers', container);
    expect(owners.map(({ manager }) => manager)).toEqual(['deploydriver']);
  });

  it('is whom an apply conflicts with where nobody is known', () => {
    const cleared = structuredClone(recorded(/^helm creates/));
    cleared.metadata.managedFields = undefined;
    expect(imageOwners(deployment, cleared, 'containers', 'web')).toEqual([
      { manager: 'before-first-apply', operation: 'Update' },
    ]);
  });

  it('is nobody for a container that does not exist', () => {
    const workload = recorded(/^helm creates/);
    expect(imageOwners(deployment, workload, 'containers', 'proxy')).toEqual(
      [],
    );
    expect(imageOwners(deployment, workload, 'initContainers', 'web')).toEqual(
      [],
    );
  });
});
