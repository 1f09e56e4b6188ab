import { z } from 'zod';
import { timeSchema } from './shared';

/**
 * What a failed rollout left to look at: secrets of the portal are masked, and
 * it is 64 KiB at most.
 */
export const rolloutEvidenceSchema = z.object({
  rolloutId: z.string(),
  capturedAt: timeSchema,
  /** The last 50 lines of each container that did not serve, at most. */
  logs: z.array(
    z.object({
      pod: z.string(),
      container: z.string(),
      /** Of the container before its last restart. */
      previous: z.boolean(),
      text: z.string(),
    }),
  ),
  /** Of the workload and its new pods, newest first. */
  events: z.array(
    z.object({
      /** Such as `Pod` or `ReplicaSet`. */
      kind: z.string(),
      name: z.string(),
      type: z.enum(['Normal', 'Warning']),
      /** In one word, such as `FailedScheduling`. */
      reason: z.string(),
      message: z.string(),
      /** Of the last time. */
      at: timeSchema.optional(),
      /** How often it happened. */
      count: z.number().int(),
    }),
  ),
  /** What container runtimes and registries said of the image. */
  pullMessages: z.array(z.string()),
  /** Something was left out to stay within the limit. */
  truncated: z.boolean(),
});
/** {@inheritDoc rolloutEvidenceSchema} */
export type RolloutEvidence = z.infer<typeof rolloutEvidenceSchema>;
