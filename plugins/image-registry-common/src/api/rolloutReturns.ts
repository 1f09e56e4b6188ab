import { z } from 'zod';
import { reasonSchema } from '../reason';
import { rolloutImageSchema } from './rollouts';
import { digestSchema } from './shared';

/** To what the target of a rollout may be returned. */
export const rolloutReturnsSchema = z.object({
  /** What ran before it; absent when nobody knows. */
  previous: rolloutImageSchema.optional(),
  /**
   * Whether `previous` is in its registry. `unknown`: it cannot be asked, and
   * the nodes may still hold the image.
   */
  there: z.enum(['yes', 'no', 'unknown']),
  /**
   * When `previous` is gone: the newest earlier image that was healthy here and
   * still exists.
   */
  offered: rolloutImageSchema.optional(),
  /** Why there is nothing to return to. */
  reason: reasonSchema.optional(),
});
/** {@inheritDoc rolloutReturnsSchema} */
export type RolloutReturns = z.infer<typeof rolloutReturnsSchema>;

/** Body of POST `/rollouts/{id}/rollback`. */
export const rollBackRolloutSchema = z.strictObject({
  reason: z.string().trim().max(500).optional(),
  /**
   * An earlier image that was healthy here; default what ran before the
   * rollout.
   */
  digest: digestSchema.optional(),
});
/** {@inheritDoc rollBackRolloutSchema} */
export type RollBackRollout = z.infer<typeof rollBackRolloutSchema>;
