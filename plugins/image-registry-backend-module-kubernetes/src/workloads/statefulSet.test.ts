import { WorkloadObject } from './objects';
import { statefulSet } from './statefulSet';

function standingOf(
  spec: WorkloadObject['spec'],
  updatedReplicas: number,
): ReturnType<typeof statefulSet.standing> {
  return statefulSet.standing({
    metadata: {
      name: 'db',
      namespace: 'shop',
      uid: 'u',
      resourceVersion: '1',
    },
    spec: { replicas: 3, ...spec },
    status: {
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas,
    },
  });
}

describe('a StatefulSet with a partition', () => {
  const partition = (from: number) => ({
    updateStrategy: { rollingUpdate: { partition: from } },
  });

  it.each([
    ['has all above it to update', partition(2), 0, 'progressing', undefined],
    ['keeps those below it', partition(2), 1, 'complete', '2'],
    ['may keep all', partition(9), 0, 'complete', '3'],
    [
      'counts from where its ordinals begin',
      { ...partition(6), ordinals: { start: 5 } },
      1,
      'progressing',
      undefined,
    ],
    [
      'keeps those below it of ordinals that begin later',
      { ...partition(6), ordinals: { start: 5 } },
      2,
      'complete',
      '1',
    ],
  ])('%s', (_, spec, updated, phase, kept) => {
    const standing = standingOf(spec, updated);
    expect(standing.phase).toBe(phase);
    expect(standing.reason?.params?.partition).toBe(kept);
  });
});
