import { LeaseKeeper } from './LeaseKeeper';
import { StoredRollout } from './StoredRollout';

/** A rollout that this process holds. */
export interface Held {
  rollout: StoredRollout;
  token: string;
  keeper: LeaseKeeper;
  /**
   * True while only time has to pass: in a soak, while a registry refuses its
   * image for now or while it is paused. It takes no place of the worker then.
   */
  waits?: boolean;
}

/** The step is over for now; the lease has been given up. */
export class Finished extends Error {}
