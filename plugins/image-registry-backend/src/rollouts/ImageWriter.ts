import {
  AppliedChange,
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { Drivers, FoundTarget, otherOwners } from '../targets';
import { Finished, Held } from './Held';
import { Obstacles } from './Obstacles';
import { RolloutStore } from './RolloutStore';

/** How often a write that met a change in between is tried again at once. */
export const STALE_ATTEMPTS = 5;

/** What is written. */
export interface WrittenImages {
  /** Full reference, `host/repository:tag@sha256:…`. */
  image: string;
  /** The other containers that change in the same write. */
  others?: ImageChange['others'];
}

/** The same, and what goes with writing it until it is written. */
export interface ImageWrite extends WrittenImages {
  /** Reads the target again, with all that has to hold for the write. */
  read(): Promise<FoundTarget>;
  /** Stores that it was written; may be done again after a crash. */
  record(applied: AppliedChange): Promise<void>;
}

/** What {@link ImageWriter} is made of. */
export interface ImageWriterOptions {
  drivers: Drivers;
  obstacles: Obstacles;
  rollouts: Pick<RolloutStore, 'lastSequence'>;
}

/** Writes the image of a rollout. */
export class ImageWriter {
  constructor(private readonly options: ImageWriterOptions) {}

  /** Keeps the target, and reads again what changed meanwhile. */
  async write(held: Held, write: ImageWrite): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const found = await write.read();
      try {
        await write.record(await this.writeOnce(held, write, found));
        return;
      } catch (error) {
        if (!isStale(error) || attempt >= STALE_ATTEMPTS) {
          await this.options.obstacles.clusterFailed(held, error);
        }
      }
    }
  }

  /**
   * @param found - the target as it was read just now
   * @throws what the driver throws
   */
  async writeOnce(
    { rollout, keeper }: Held,
    { image, others }: WrittenImages,
    found: FoundTarget,
  ): Promise<AppliedChange> {
    if (keeper.cause === 'lost') {
      throw new Finished();
    }
    const { drivers, rollouts } = this.options;
    const driver = await drivers.for(rollout.target);
    return driver.apply(
      {
        target: rollout.target,
        image,
        sequence: rollout.sequence,
        lastSequence: await rollouts.lastSequence(),
        resourceVersion: found.workload.resourceVersion,
        uid: found.workload.uid,
        force: isOwnedByOthers(found, others),
        ...(others && { others }),
      },
      { signal: keeper.signal },
    );
  }
}

/** Whether the workload changed between reading and writing it. */
export function isStale(error: unknown): boolean {
  return error instanceof DriverError && error.code === 'stale';
}

/** Whether somebody else's field is among those that are written. */
function isOwnedByOthers(
  { workload, siblings = [] }: FoundTarget,
  others: ImageChange['others'] = [],
): boolean {
  const written = siblings.filter(({ ref }) =>
    others.some(({ container }) => container === ref.container),
  );
  return [workload, ...written].some(each => otherOwners(each).length > 0);
}
