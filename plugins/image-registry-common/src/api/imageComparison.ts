import { z } from 'zod';
import { reasonSchema } from '../reason';
import {
  digestSchema,
  entityRefSchema,
  repositorySchema,
  tagSchema,
  timeSchema,
} from './shared';

/** Query of GET `/images/compare`. */
export const imageComparisonQuerySchema = z.strictObject({
  registryId: z.string().min(1).max(64),
  repository: repositorySchema,
  from: digestSchema,
  to: digestSchema,
  /**
   * Tags that the two digests are known by: they order the images of a
   * registry that does not tell when its tags were pushed.
   */
  fromTag: tagSchema.optional(),
  toTag: tagSchema.optional(),
  entityRef: entityRefSchema.optional(),
});
/** {@inheritDoc imageComparisonQuerySchema} */
export type ImageComparisonQuery = z.infer<typeof imageComparisonQuerySchema>;

/** One image on the way from one to another, as it tells of itself. */
export const comparedImageSchema = z.object({
  digest: z.string(),
  tags: z.array(z.string()),
  pushedAt: timeSchema.optional(),
  createdAt: timeSchema.optional(),
  /** Label `org.opencontainers.image.source`. */
  source: z.string().optional(),
  /** Label `org.opencontainers.image.revision`: the commit. */
  revision: z.string().optional(),
  /** Label `org.opencontainers.image.version`. */
  version: z.string().optional(),
});
/** {@inheritDoc comparedImageSchema} */
export type ComparedImage = z.infer<typeof comparedImageSchema>;

/** Answer of GET `/images/compare`. */
export const imageComparisonSchema = z.object({
  from: comparedImageSchema,
  to: comparedImageSchema,
  /** Those that lie between the two, in the order from the one to the other. */
  between: z.array(comparedImageSchema),
  /** `back`: the one to be is older. */
  direction: z.enum(['forward', 'back', 'same', 'unknown']),
  /** What the order is known by; absent when there is none. */
  orderedBy: z.enum(['pushed', 'name']).optional(),
  /** False: there may be more in between, or not all of it could be read. */
  complete: z.boolean(),
  /** Why it is not complete. */
  reason: reasonSchema.optional(),
});
/** {@inheritDoc imageComparisonSchema} */
export type ImageComparison = z.infer<typeof imageComparisonSchema>;
