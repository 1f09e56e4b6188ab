import { daemonSet } from '../workloads/daemonSet';
import { PodObject, WorkloadObject } from '../workloads/objects';
import { currentPods } from './currentPods';

const meta = {
  name: 'agent',
  namespace: 'shop',
  uid: 'u',
  resourceVersion: '1',
};
const agent: WorkloadObject = {
  metadata: {
    ...meta,
    annotations: { 'deprecated.daemonset.template.generation': '3' },
  },
  spec: {
    template: { spec: { containers: [{ name: 'web', image: 'r/agent:2' }] } },
  },
};
const pod = (image: string, generation?: string): PodObject => ({
  metadata: {
    ...meta,
    labels: generation ? { 'pod-template-generation': generation } : {},
  },
  spec: { containers: [{ name: 'web', image }] },
});

describe('the pods of the newest template of a DaemonSet', () => {
  const isCurrent = currentPods(daemonSet, agent, 'web', undefined);

  it('are told by its number where their image is rewritten', () => {
    expect(isCurrent(pod('mirror/agent:2', '3'))).toBe(true);
    expect(isCurrent(pod('mirror/agent:1', '2'))).toBe(false);
  });

  it('are also those that an earlier template of the same image made', () => {
    expect(isCurrent(pod('r/agent:2', '1'))).toBe(true);
    expect(isCurrent(pod('r/agent:2'))).toBe(true);
    expect(isCurrent(pod('r/agent:1', '1'))).toBe(false);
  });
});
