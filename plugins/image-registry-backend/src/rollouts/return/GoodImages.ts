import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryCallOptions } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { jsonFromColumn } from '../../database';
import { RegistryService } from '../../registries';
import { isStillThere, pinned } from '../stillThere';
import { StoredRollout } from '../StoredRollout';

/** Rows of a history that are looked through. */
const MOST_ROWS = 200;

/** Images whose registry is asked, the newest first. */
const MOST_ASKED = 20;

/** An image that was healthy on a target. */
export type GoodImage = RolloutImage & { digest: string };

interface GoodRow {
  digest: string;
  image: string;
  repository: string;
  tag: string | null;
  registry_id: string | null;
  previous: string | null;
  healthy_at: number | string | null;
  previous_healthy: boolean | number | null;
}

/** What {@link GoodImages} is made of. */
export interface GoodImagesOptions {
  knex: Knex;
  registries: Pick<RegistryService, 'client'>;
}

/** The images that were healthy on a target, to which it may return. */
export class GoodImages {
  constructor(private readonly options: GoodImagesOptions) {}

  /**
   * The newest image that was healthy on the target before a rollout, that did
   * not fail there since, and that its registry does not say to be gone.
   *
   * @param except - digests that are no choice, beside the rollout's own
   */
  async newestBefore(
    rollout: Pick<StoredRollout, 'targetKey' | 'sequence' | 'image'>,
    options: {
      except?: readonly string[];
      priority?: RegistryCallOptions['priority'];
    } = {},
  ): Promise<GoodImage | undefined> {
    const { except = [], priority = 'background' } = options;
    const images = (await this.before(rollout)).filter(
      ({ digest }) => !except.includes(digest),
    );
    for (const image of images.slice(0, MOST_ASKED)) {
      const there = await isStillThere(
        this.options.registries,
        image,
        priority,
      );
      if (there !== false) {
        return image;
      }
    }
    return undefined;
  }

  /** All of them, whether they still exist or not; newest first. */
  async before({
    targetKey,
    sequence,
    image,
  }: Pick<StoredRollout, 'targetKey' | 'sequence' | 'image'>): Promise<
    GoodImage[]
  > {
    const { knex } = this.options;
    const rows: GoodRow[] = await knex('rollouts')
      .where({ target_key: targetKey })
      .where('sequence', '<=', sequence)
      .andWhere(good =>
        good.whereNotNull('healthy_at').orWhere({ previous_healthy: true }),
      )
      .orderBy('sequence', 'desc')
      .limit(MOST_ROWS);
    const blocked: string[] = await knex('blocked_digests')
      .where({ target_key: targetKey })
      .pluck('digest');
    const proven = rows.flatMap(row =>
      row.healthy_at === null ? [] : [row.digest],
    );
    // Such an image may have looked healthy, and was not watched to the end.
    const interrupted: string[] = await knex('rollouts')
      .where({ target_key: targetKey, state: 'failed' })
      .where('sequence', '<=', sequence)
      .where('reason', 'like', '%"code":"interrupted"%')
      .whereNotIn('digest', proven)
      .distinct()
      .pluck('digest');
    const no = new Set([image.digest, ...blocked, ...interrupted]);
    const found = new Map<string, GoodImage>();
    for (const good of rows.flatMap(imagesOf)) {
      const known = found.get(good.digest);
      // What the portal brought knows its registry and its tag.
      if (!no.has(good.digest) && !known?.registryId) {
        found.set(good.digest, known && !good.registryId ? known : good);
      }
    }
    return [...found.values()];
  }
}

/** What a rollout brought, then what was there before it. */
function imagesOf(row: GoodRow): GoodImage[] {
  const previous = jsonFromColumn<RolloutImage>(row.previous);
  const before =
    row.previous_healthy && previous?.digest
      ? [{ ...previous, digest: previous.digest, reference: pinned(previous) }]
      : [];
  const brought =
    row.healthy_at === null
      ? []
      : [
          {
            registryId: row.registry_id ?? undefined,
            repository: row.repository,
            tag: row.tag ?? undefined,
            digest: row.digest,
            reference: row.image,
          },
        ];
  return [...brought, ...before];
}
