import { createRollout, createTarget } from '../__testUtils__/fixtures';
import { kubectlRollback } from './kubectlRollback';
import { workloadActionsOf } from './workloadActionsOf';

describe('workloadActionsOf', () => {
  it.each([
    ['Deployment', 'Healthy', ['restart', 'stop']],
    ['Deployment', 'Stopped', ['start']],
    ['DaemonSet', 'Healthy', ['restart']],
    ['DaemonSet', 'Stopped', ['restart']],
    ['CronJob', 'Healthy', ['stop']],
    ['CronJob', 'Stopped', ['start']],
  ] as const)('%s, %s', (kind, health, expected) => {
    expect(workloadActionsOf(createTarget({ ref: { kind }, health }))).toEqual(
      expected,
    );
  });

  it('offers nothing with an init container', () => {
    expect(workloadActionsOf(createTarget({ init: true }))).toEqual([]);
  });
});

describe('kubectlRollback', () => {
  const image = (name: string) => ({
    repository: name,
    reference: `registry.example.com/${name}:old@sha256:1`,
  });

  it('sets all images of the rollout back', () => {
    const rollout = {
      ...createRollout(createTarget()),
      previous: image('web'),
      others: [
        { container: 'migrate', image: image('m'), previous: image('m') },
      ],
    };
    expect(kubectlRollback(rollout)).toBe(
      'kubectl set image deployment/web web=registry.example.com/web:old@sha256:1 migrate=registry.example.com/m:old@sha256:1 --namespace shop-staging',
    );
  });

  it('knows the plugin of Argo Rollouts', () => {
    const target = createTarget({ ref: { kind: 'Rollout' } });
    expect(kubectlRollback(createRollout(target))).toMatch(
      /^kubectl argo rollouts set image web web=/,
    );
  });
});
