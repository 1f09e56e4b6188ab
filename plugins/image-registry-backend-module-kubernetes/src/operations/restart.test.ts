import { cronJob } from '../workloads/cronJob';
import { daemonSet } from '../workloads/daemonSet';
import { deployment } from '../workloads/deployment';
import { WorkloadObject } from '../workloads/objects';
import { ReadWorkload } from '../workloads/readWorkload';
import { WorkloadType } from '../workloads/WorkloadType';
import { restart } from './restart';

const patchOf = (type: WorkloadType, spec: WorkloadObject['spec']) =>
  restart(new Date('2026-11-22T08:00:00Z'))({
    type,
    workload: { metadata: { name: 'web', namespace: 'shop' }, spec },
  } as ReadWorkload);

describe('a restart', () => {
  it('is written as kubectl writes it', () => {
    expect(patchOf(deployment, {})).toEqual({
      spec: {
        template: {
          metadata: {
            annotations: {
              'kubectl.kubernetes.io/restartedAt': '2026-11-22T08:00:00.000Z',
            },
          },
        },
      },
    });
  });

  it('is refused where it would restart nothing', () => {
    expect(() => patchOf(deployment, { paused: true })).toThrow(
      'Deployment shop/web is paused',
    );
    expect(() =>
      patchOf(daemonSet, { updateStrategy: { type: 'OnDelete' } }),
    ).toThrow('DaemonSet shop/web has the update strategy OnDelete');
    expect(() => patchOf(cronJob, {})).toThrow('CronJob shop/web cannot');
  });
});
