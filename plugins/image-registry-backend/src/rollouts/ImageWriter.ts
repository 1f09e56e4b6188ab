import {
  AppliedChange,
  DriverError,
  ImageChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { Drivers, FoundTarget, otherOwners } from '../targets';
import { Finished, Held } from './Held';
import { Obstacles } from './Obstacles';

/** How often a write that met a change in between is tried again at once. */
const STALE_ATTEMPTS = 5;

/** What is written, and where from it is known. */
export interface ImageWrite {
  /** Full reference, `host/repository:tag@sha256:…`. */
  image: string;
  /** The other containers that change in the same write. */
  others?: ImageChange['others'];
  /** The target, when it was read just now. */
  prepared?: FoundTarget;
  /** Reads the target again, with all that has to hold for the write. */
  read(): Promise<FoundTarget>;
  /** Stores that it was written; may be done again after a crash. */
  record(applied: AppliedChange): Promise<void>;
}

/** What {@link ImageWriter} is made of. */
export interface ImageWriterOptions {
  drivers: Drivers;
  obstacles: Obstacles;
}

/** Writes the image of a rollout, reading again what changed meanwhile. */
export class ImageWriter {
  constructor(private readonly options: ImageWriterOptions) {}

  async write(held: Held, write: ImageWrite): Promise<void> {
    const { rollout, keeper } = held;
    for (let attempt = 1; ; attempt++) {
      const found = (attempt === 1 && write.prepared) || (await write.read());
      if (keeper.cause === 'lost') {
        throw new Finished();
      }
      try {
        const driver = await this.options.drivers.for(rollout.target);
        const applied = await driver.apply(
          {
            target: rollout.target,
            image: write.image,
            sequence: rollout.sequence,
            resourceVersion: found.workload.resourceVersion,
            uid: found.workload.uid,
            force: isOwnedByOthers(found, write.others),
            ...(write.others && { others: write.others }),
          },
          { signal: keeper.signal },
        );
        await write.record(applied);
        return;
      } catch (error) {
        const stale = error instanceof DriverError && error.code === 'stale';
        if (!stale || attempt >= STALE_ATTEMPTS) {
          await this.options.obstacles.clusterFailed(held, error);
        }
      }
    }
  }
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
