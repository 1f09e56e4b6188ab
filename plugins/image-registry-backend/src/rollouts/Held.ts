import { LeaseKeeper } from './LeaseKeeper';
import { StoredRollout } from './StoredRollout';

/** A rollout that this process holds. */
export interface Held {
  rollout: StoredRollout;
  token: string;
  keeper: LeaseKeeper;
}

/** The step is over for now; the lease has been given up. */
export class Finished extends Error {}
