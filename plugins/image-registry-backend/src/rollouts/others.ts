import {
  OtherContainer,
  parseTargetKey,
  Rollout,
  RolloutImage,
  targetKey,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ContainerImage,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { FoundTarget } from '../targets';
import { pinned } from './stillThere';
import type { NewRollout, StoredRollout } from './StoredRollout';

/** The containers that a rollout changes beside its target's. */
type Changing = Pick<Rollout, 'target' | 'others'>;

/** Another container as it is stored: its digest is known. */
export type StoredOther = OtherContainer & {
  image: OtherContainer['image'] & { digest: string };
};

/** The target of another container of the same workload. */
export function siblingOf(target: TargetRef, container: string): TargetRef {
  return { ...target, container };
}

/** Keys of the targets that a rollout writes beside its own. */
export function otherKeysOf({ target, others = [] }: Changing): string[] {
  return others.map(({ container }) => targetKey(siblingOf(target, container)));
}

/** Keys of all targets that a rollout writes, its own first. */
export function targetKeysOf(rollout: Changing): string[] {
  return [targetKey(rollout.target), ...otherKeysOf(rollout)];
}

/** What a rollout brings to a target, and what ran there before. */
export interface BroughtImage {
  targetKey: string;
  image: StoredRollout['image'];
  previous?: RolloutImage;
}

/** What a rollout brings to each of its targets, its own first. */
export function broughtBy(
  rollout: Pick<
    StoredRollout,
    'targetKey' | 'target' | 'image' | 'previous' | 'others'
  >,
): BroughtImage[] {
  const { targetKey: key, target, image, previous, others = [] } = rollout;
  return [
    { targetKey: key, image, previous },
    ...others.map(other => ({
      targetKey: targetKey(siblingOf(target, other.container)),
      image: other.image,
      previous: other.previous,
    })),
  ];
}

/** The same of one that is about to be stored. */
export function keysOfNew({
  targetKey: key,
  others = [],
}: NewRollout): string[] {
  const target = parseTargetKey(key);
  return target ? targetKeysOf({ target, others }) : [key];
}

/** What the driver writes into the other containers. */
export function otherImages({
  others,
}: Pick<Rollout, 'others'>): ContainerImage[] | undefined {
  return others?.map(({ container, image }) => ({
    container,
    image: image.reference,
  }));
}

/** What the driver writes to return the other containers, where it is known. */
export function otherImagesBefore({
  others,
}: Pick<Rollout, 'others'>): ContainerImage[] | undefined {
  return others?.flatMap(({ container, previous }) =>
    previous
      ? [
          {
            container,
            image: previous.digest ? pinned(previous) : previous.reference,
          },
        ]
      : [],
  );
}

/** What a rollout that returns from this one changes beside its target. */
export function returningOthers({
  others,
}: Pick<Rollout, 'others'>): StoredOther[] | undefined {
  const known = others?.flatMap(({ container, previous }): StoredOther[] =>
    previous?.digest
      ? [
          {
            container,
            image: {
              ...previous,
              digest: previous.digest,
              reference: pinned(previous),
            },
          },
        ]
      : [],
  );
  return known?.length ? known : undefined;
}

/** The workloads of the other containers, as they were just read. */
export function otherWorkloads(
  { others = [] }: Pick<Rollout, 'others'>,
  { siblings = [] }: FoundTarget,
): WorkloadTarget[] {
  return siblings.filter(({ ref }) =>
    others.some(({ container }) => container === ref.container),
  );
}
