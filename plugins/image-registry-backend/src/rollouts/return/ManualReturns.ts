import { ConflictError } from '@backstage/errors';
import { RolloutReturns } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../../registries';
import { isStillThere, pinned } from '../stillThere';
import { StoredRollout } from '../StoredRollout';
import { GoodImage, GoodImages } from './GoodImages';
import { returnReasons, versionOf } from './returnReasons';

/** What {@link ManualReturns} is made of. */
export interface ManualReturnsOptions {
  goodImages: GoodImages;
  registries: Pick<RegistryService, 'client'>;
}

/** To what a person may return a target. */
export class ManualReturns {
  constructor(private readonly options: ManualReturnsOptions) {}

  /** What the dialog of a rollback shows. */
  async of(rollout: StoredRollout): Promise<RolloutReturns> {
    const { goodImages, registries } = this.options;
    const previous = previousOf(rollout);
    const there = previous && (await isStillThere(registries, previous));
    if (previous && there !== false) {
      return { previous, there: there ? 'yes' : 'unknown' };
    }
    const offered = await goodImages.newestBefore(rollout, {
      except: previous && [previous.digest],
      priority: 'interactive',
    });
    return {
      previous,
      there: previous ? 'no' : 'unknown',
      offered,
      ...(!offered && { reason: returnReasons.noneLeft() }),
    };
  }

  /**
   * The image that a person chose to return to.
   *
   * @param digest - of an earlier image; default what ran before the rollout
   * @throws ConflictError when it was not healthy here, is not known or is gone
   */
  async choose(rollout: StoredRollout, digest?: string): Promise<GoodImage> {
    const { goodImages, registries } = this.options;
    const previous = previousOf(rollout);
    const chosen =
      digest === undefined || digest === previous?.digest
        ? previous
        : (await goodImages.before(rollout)).find(
            good => good.digest === digest,
          );
    if (!chosen) {
      throw refusal(
        ConflictError,
        digest
          ? because(
              'return-not-healthy',
              `${digest} was not healthy here before this rollout`,
              { digest },
            )
          : because(
              'return-unknown',
              'It is not known which image ran before this rollout, so it cannot be returned to',
            ),
      );
    }
    if ((await isStillThere(registries, chosen)) === false) {
      const other = await goodImages.newestBefore(rollout, {
        except: [chosen.digest],
        priority: 'interactive',
      });
      const image = `${chosen.repository}@${chosen.digest}`;
      const gone = `${image} is not in its registry any more`;
      throw refusal(
        ConflictError,
        other
          ? because(
              'image-not-there-but',
              `${gone}; the newest earlier image that was healthy here and still exists is ${versionOf(
                other,
              )} (${other.digest})`,
              { image, version: versionOf(other), digest: other.digest },
            )
          : because('image-not-there', gone, { image }),
      );
    }
    return chosen;
  }
}

function previousOf({ previous }: StoredRollout): GoodImage | undefined {
  return previous?.digest
    ? { ...previous, digest: previous.digest, reference: pinned(previous) }
    : undefined;
}
