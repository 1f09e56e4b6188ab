import { LoggerService } from '@backstage/backend-plugin-api';
import { parseTargetKey } from '@slipway/backstage-plugin-image-registry-common';
import { Access } from '../../access';
import { OutsideChanges } from '../../rollouts';
import { TargetService } from '../../targets';
import { DriftWatch } from './DriftWatch';

/** For how long after a success it is looked at whether GitOps undoes it, in ms. */
const WATCHED_MS = 60 * 60_000;

/** What {@link RevertWatch} is made of. */
export interface RevertWatchOptions {
  access: Access;
  changes: OutsideChanges;
  drift: Pick<DriftWatch, 'reviewReverted'>;
  logger: LoggerService;
  targets: TargetService;
}

/**
 * Notices that GitOps undid a deploy after it had succeeded. Only where
 * somebody consented to deploy all the same there is something to undo.
 */
export class RevertWatch {
  constructor(private readonly options: RevertWatchOptions) {}

  async run(signal: AbortSignal): Promise<void> {
    const { changes, logger } = this.options;
    const recent = await changes.deployedDespiteGitOps(WATCHED_MS);
    for (const deployed of recent) {
      if (signal.aborted) {
        return;
      }
      try {
        await this.#look(deployed, signal);
      } catch (error) {
        const { entityRef } = deployed;
        logger.warn(`What runs of ${entityRef} was not looked at: ${error}`);
      }
    }
  }

  async #look(
    { entityRef, targetKey }: { entityRef: string; targetKey: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { access, drift, targets } = this.options;
    const entity = await access.entity(entityRef);
    const target = parseTargetKey(targetKey);
    if (entity && target) {
      const { workload } = await targets.find(entity, target, { signal });
      await drift.reviewReverted({ entityRef, targetKey, target }, workload);
    }
  }
}
