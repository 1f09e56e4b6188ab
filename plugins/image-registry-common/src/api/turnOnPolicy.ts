import { CreatePolicy } from './policies';
import { Target } from './targets';

/**
 * What "turn on auto deploy" saves for a target: pushes of the tag that runs
 * deploy there, whatever the tag looks like. The rule can be changed after.
 *
 * @returns undefined when it is not known which tag of which connected
 *   registry runs
 */
export function turnOnPolicy(
  entityRef: string,
  target: Pick<Target, 'ref' | 'registryId' | 'repository' | 'tag'>,
): CreatePolicy | undefined {
  const { ref, registryId, repository, tag } = target;
  return registryId && repository && tag
    ? {
        entityRef,
        target: ref,
        image: { registryId, repository },
        rule: { kind: 'same-tag', tag },
      }
    : undefined;
}
