import { Hold, Rollout } from '@slipway/backstage-plugin-image-registry-common';

/** A target's returns, and whether its automation is held. */
export interface HoldTestimony {
  rollouts: readonly Pick<Rollout, 'state' | 'image' | 'finishedAt'>[];
  hold?: Pick<Hold, 'because'>;
  /** Epoch in ms at which a person had lifted it last. */
  liftedAt?: number;
}

/** Where hold and automatic returns disagree, one sentence each. */
export function holdContradictions({
  rollouts,
  hold,
  liftedAt = 0,
}: HoldTestimony): string[] {
  const returned = rollouts.filter(({ state }) => state === 'rolled-back');
  const unanswered = returned.filter(
    ({ finishedAt }) => Date.parse(finishedAt ?? '') > liftedAt,
  );
  const failed =
    hold?.because?.code === 'held-after-return'
      ? hold.because.params?.failed
      : undefined;
  return [
    ...(hold
      ? []
      : unanswered.map(
          ({ image }) => `${image.tag} was returned, and nothing is held`,
        )),
    ...(failed && !returned.some(({ image }) => image.tag === failed)
      ? [`held for the return of ${failed}, which was not returned`]
      : []),
  ];
}
