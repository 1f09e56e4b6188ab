import {
  Decision,
  Policy,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { appliesTo } from './applies';
import { Ledger } from './Ledger';
import { Push } from './WebhookSender';
import { imageOf, referenceTo, World } from './World';

/** Decisions of one policy on one image, over all deliveries. */
function decisionsOn(
  ledger: Ledger,
  policy: Policy,
  push: Push,
): readonly Decision[] {
  return (ledger.decisions.get(policy.id) ?? []).filter(
    ({ tag, digest }) => tag === push.tag && digest === push.digest,
  );
}

/** Outcomes of the decisions of one policy on one image. */
export function outcomesOf(
  ledger: Ledger,
  policy: Policy,
  push: Push,
): string[] {
  return decisionsOn(ledger, policy, push).map(({ outcome }) => outcome);
}

/** Pushes that a policy did not decide on exactly once, with what is known. */
export function notDecidedOnce(
  ledger: Ledger,
  policy: Policy,
  pushes: readonly Push[],
): unknown[] {
  return pushes
    .map(push => ({
      push,
      decisions: decisionsOn(ledger, policy, push),
      events: ledger.deliveries.flatMap(({ events }) =>
        events.filter(({ digest }) => digest === push.digest),
      ),
    }))
    .filter(({ decisions }) => !isDecidedOnce(decisions));
}

/**
 * What counted as earlier than what a look had found may turn out to be later,
 * once that one's own notification tells its time.
 */
function isDecidedOnce(decisions: readonly Decision[]): boolean {
  const [decided, ...again] = decisions.filter(
    ({ reason }) => reason.code !== 'push-earlier',
  );
  return decided === undefined
    ? decisions.length === 1
    : again.length === 0 &&
        (decisions.length === 1 || decided.outcome === 'accepted');
}

/**
 * Positions in the order of pushes of the images that a target was sent.
 *
 * @throws Error when one of them was never pushed
 */
export function appliedPositions(
  world: World,
  target: TargetRef,
  pushes: Push[],
): number[] {
  const positions = new Map(pushes.map(({ digest }, n) => [digest, n]));
  return appliesTo(world, target).map(({ image }) => {
    const position = positions.get(image.split('@')[1]);
    if (position === undefined) {
      throw new Error(`${image} was never pushed`);
    }
    return position;
  });
}

/** The target was sent images in the order of pushes, and runs the last. */
export function expectInOrder(
  world: World,
  target: TargetRef,
  pushes: Push[],
): void {
  const positions = appliedPositions(world, target, pushes);
  expect(positions.length).toBeGreaterThan(0);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(imageOf(world, target)).toBe(referenceTo(world, pushes.at(-1)!));
}
