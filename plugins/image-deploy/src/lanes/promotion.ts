import {
  Environment,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';

/** An image that runs in the environment before, and may run here next. */
export interface Promotion {
  /** Where it runs. */
  environment: string;
  image: { registryId: string; repository: string; tag?: string };
  digest: string;
}

/**
 * What runs in the nearest environment to the left where this container has a
 * lane. Where that is the same image, or several different ones, there is
 * nothing to offer; what is further left goes through there first.
 */
export function promotionTo(
  target: Target,
  running: { items: Target[]; environments: Environment[] },
): Promotion | undefined {
  const { registryId, repository, ref } = target;
  const orderOf = (name: string | undefined) =>
    running.environments.find(environment => environment.name === name)?.order;
  const order = orderOf(target.environment);
  if (order === undefined || !registryId || !repository) {
    return undefined;
  }
  const before = running.items.filter(
    other =>
      other.registryId === registryId &&
      other.repository === repository &&
      other.ref.container === ref.container &&
      (orderOf(other.environment) ?? order) < order,
  );
  const nearest = Math.max(
    ...before.map(other => orderOf(other.environment) ?? 0),
  );
  const sources = before.filter(
    other => orderOf(other.environment) === nearest,
  );
  const [source] = sources;
  const isClear =
    source?.environment !== undefined &&
    source.digest !== undefined &&
    source.digest !== target.digest &&
    sources.every(({ digest, health }) => {
      return digest === source.digest && health === 'Healthy';
    });
  return isClear
    ? {
        environment: source.environment!,
        image: { registryId, repository, tag: source.tag },
        digest: source.digest!,
      }
    : undefined;
}
