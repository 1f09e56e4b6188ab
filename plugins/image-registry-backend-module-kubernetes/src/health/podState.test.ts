import { PodObject } from '../workloads/objects';
import { podTrouble } from './podState';

const pod = (status: object): PodObject => ({
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    uid: '1',
    resourceVersion: '1',
  },
  spec: {},
  status: { containerStatuses: [{ name: 'app', ...status }] },
});

describe('podTrouble', () => {
  it.each<[string, object, object]>([
    [
      'how a container ended, for translation',
      { state: { terminated: { exitCode: 3, reason: 'Error' } } },
      {
        reason: 'Error',
        message: 'Container app ended with exit code 3.',
        because: {
          code: 'container-exited',
          params: { container: 'app', exitCode: '3' },
        },
      },
    ],
    [
      'that one ran out of memory while it is backed off',
      {
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      },
      {
        reason: 'CrashLoopBackOff',
        because: {
          code: 'container-out-of-memory',
          params: { container: 'app', exitCode: '137' },
        },
      },
    ],
    [
      "the container's last words as they are",
      { state: { terminated: { exitCode: 1, message: 'no database' } } },
      { message: 'no database' },
    ],
    [
      "the kubelet's words as they are",
      { state: { waiting: { reason: 'ErrImagePull', message: 'not found' } } },
      { reason: 'ErrImagePull', message: 'not found' },
    ],
  ])('tells %s', (_name, status, expected) => {
    const trouble = podTrouble(pod(status));
    expect(trouble).toMatchObject(expected);
    expect(Boolean(trouble?.because)).toBe('because' in expected);
  });
});
