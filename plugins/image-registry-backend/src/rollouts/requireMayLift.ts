import { NotAllowedError } from '@backstage/errors';
import {
  Hold,
  holdUpdatePermission,
  parseTargetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Access, Actor } from '../access';
import { withDriverErrors } from '../http';
import { TargetService } from '../targets';

/**
 * A hold is lifted by who may change those of its component. When that one is
 * gone, or lost the target, who may hold the target for the component that has
 * it now may lift it as well: nobody else could.
 *
 * @param entityRef - the component for which the actor speaks
 * @throws NotAllowedError when the hold is another component's
 * @throws NotFoundError when the target is not the component's
 */
export async function requireMayLift(
  { access, targets }: { access: Access; targets: TargetService },
  actor: Actor,
  hold: Hold,
  entityRef: string = hold.entityRef,
): Promise<void> {
  const entity = await access.requireEntity(
    actor,
    entityRef,
    holdUpdatePermission,
  );
  const target = parseTargetKey(hold.targetKey);
  if (entityRef === hold.entityRef || !target) {
    return;
  }
  await withDriverErrors(async () => {
    await targets.requireOwn(entity, target);
    const holder = await access.entity(hold.entityRef);
    if (holder && (await targets.owns(holder, target))) {
      throw refusal(
        NotAllowedError,
        because(
          'held-by-other-component',
          'Another component, whose target this still is, holds it',
        ),
      );
    }
  });
}
