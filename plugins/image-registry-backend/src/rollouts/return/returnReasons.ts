import {
  Reason,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { because } from '../reasons';

/** `1.2.9`, else the beginning of the digest, else the repository. */
export function versionOf({ tag, digest, repository }: RolloutImage): string {
  return tag ?? digest?.slice(0, 19) ?? repository;
}

/** What became of a failing rollout's return to the last good image. */
export const returnReasons = {
  returning: (to: RolloutImage) =>
    because('returning', `Returning to ${versionOf(to)}`, {
      image: versionOf(to),
    }),
  written: (to: RolloutImage) =>
    because('return-written', `${versionOf(to)} is written again`, {
      image: versionOf(to),
    }),
  returned: (to: RolloutImage) =>
    because('returned', `Back on ${versionOf(to)}`, { image: versionOf(to) }),
  returnedNotStarted: (to: RolloutImage) =>
    because(
      'returned-not-started',
      `Back on ${versionOf(to)}, which starts when the workload is started`,
      { image: versionOf(to) },
    ),
  nothingToReturnTo: () =>
    because(
      'nothing-to-return-to',
      'Not rolled back: no other image was healthy here and still exists',
    ),
  noneLeft: () =>
    because(
      'no-image-to-return-to',
      'No earlier image that was healthy here exists in its registry any more',
    ),
  /** @param set - the image that the workload is set to now */
  failed: (to: RolloutImage, set: RolloutImage, why: Reason | undefined) =>
    because(
      'return-failed',
      `The return to ${versionOf(to)} failed too: ${
        why?.message ?? 'it did not become healthy'
      } The workload is set to ${versionOf(set)}.`,
      {
        image: versionOf(to),
        set: versionOf(set),
        detail: why?.message ?? '',
      },
    ),
  interrupted: (to: RolloutImage, rollout: string) =>
    because(
      'return-interrupted',
      `A person deployed something else during the return to ${versionOf(to)}`,
      { image: versionOf(to), rollout },
    ),
  held: (failed: RolloutImage, to: RolloutImage) =>
    because(
      'held-after-return',
      `${versionOf(failed)} failed and was rolled back to ${versionOf(to)}`,
      { failed: versionOf(failed), image: versionOf(to) },
    ),
};
