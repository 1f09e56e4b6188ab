import {
  Policy,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { appliesTo } from './applies';
import { Ledger } from './Ledger';
import { Push } from './WebhookSender';
import { imageOf, referenceTo, World } from './World';

/** Decisions of one policy on one image, over all deliveries. */
export function outcomesOf(
  ledger: Ledger,
  policy: Policy,
  push: Push,
): string[] {
  return (ledger.decisions.get(policy.id) ?? [])
    .filter(({ tag, digest }) => tag === push.tag && digest === push.digest)
    .map(({ outcome }) => outcome);
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
