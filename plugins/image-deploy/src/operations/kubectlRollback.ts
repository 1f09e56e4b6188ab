import { Rollout } from '@slipway/backstage-plugin-image-registry-common';

/**
 * The command that returns a workload to what ran before a rollout.
 * @param rollout - of which it is known what ran before
 */
export function kubectlRollback({
  target,
  previous,
  others = [],
}: Pick<Rollout, 'target' | 'previous' | 'others'>): string {
  const { namespace, kind, name, container } = target;
  const images = [{ container, previous }, ...others].flatMap(each =>
    each.previous ? [`${each.container}=${each.previous.reference}`] : [],
  );
  const command =
    kind === 'Rollout'
      ? ['kubectl argo rollouts set image', name]
      : ['kubectl set image', `${kind.toLowerCase()}/${name}`];
  return [...command, ...images, '--namespace', namespace].join(' ');
}
