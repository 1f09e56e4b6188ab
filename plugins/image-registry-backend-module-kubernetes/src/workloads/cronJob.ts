import { PodObject, WorkloadObject } from './objects';
import { Standing, WorkloadCounts, WorkloadType } from './WorkloadType';

/** CronJobs: the template is written; the next run uses it. */
export const cronJob: WorkloadType = {
  kind: 'CronJob',
  apiVersion: 'batch/v1',
  resource: 'cronjobs',
  podSpecPath: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  podSpec: workload => workload.spec.jobTemplate?.spec?.template?.spec,
  // Its controller reports no observedGeneration.
  observed: () => true,
  counts,
  standing,
  ownsPod,
};

/** Runs under way; a run started earlier keeps the image it had. */
function counts({ status }: WorkloadObject): WorkloadCounts {
  const active = status?.active?.length ?? 0;
  return {
    desired: active,
    current: active,
    updated: active,
    ready: active,
    available: active,
  };
}

function standing({ spec }: WorkloadObject): Standing {
  if (spec.suspend) {
    return {
      phase: 'stopped',
      reason: {
        code: 'suspended',
        message: 'The CronJob is suspended; it will run with the new image.',
      },
    };
  }
  const schedule = spec.schedule ?? '';
  return {
    phase: 'complete',
    reason: {
      code: 'next-run',
      message: `The image is written; the next run (${schedule}) uses it.`,
      params: { schedule },
    },
  };
}

/** Its Jobs are named after it and the minute of their schedule. */
function ownsPod(workload: WorkloadObject, pod: PodObject): boolean {
  const prefix = `${workload.metadata.name}-`;
  return (pod.metadata.ownerReferences ?? []).some(
    ({ kind, name }) =>
      kind === 'Job' &&
      name.startsWith(prefix) &&
      /^\d+$/.test(name.slice(prefix.length)),
  );
}
