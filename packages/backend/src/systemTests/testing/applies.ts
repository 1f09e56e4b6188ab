import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { World } from './World';

/** An image that was sent to a workload. */
export interface Apply {
  image: string;
  /** Epoch in ms at which the cluster had received it. */
  at: number;
}

interface WorkloadBody {
  spec?: {
    template?: { spec?: { containers?: { name: string; image?: string }[] } };
  };
}

/** The images that a target's cluster took, in order; dry runs left out. */
export function appliesTo(
  { cluster }: Pick<World, 'cluster'>,
  target: TargetRef,
): Apply[] {
  const path = `/apis/apps/v1/namespaces/${target.namespace}/deployments/${target.name}`;
  return cluster.writes
    .list()
    .filter(
      write =>
        write.method === 'PATCH' &&
        write.path.split('?')[0] === path &&
        !write.path.includes('dryRun') &&
        (write.answer ?? 0) < 300,
    )
    .flatMap(({ body, time }) => {
      const containers =
        (body as WorkloadBody).spec?.template?.spec?.containers ?? [];
      const image = containers.find(
        each => each.name === target.container,
      )?.image;
      return image ? [{ image, at: Date.parse(time) }] : [];
    });
}
