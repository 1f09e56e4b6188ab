import { z } from 'zod';
import { reasonSchema } from '../reason';
import { missingAccessSchema } from './access';

/** How one Kubernetes namespace of an environment stands. */
export const namespaceReviewSchema = z.object({
  namespace: z.string(),
  /** Whether the portal may deploy there, and which verbs it lacks. */
  deploy: z.object({ ok: z.boolean(), missing: z.array(missingAccessSchema) }),
  /**
   * Whether pods of the default service account can pull from the
   * environment's registry. `not-needed`: it asks for no login.
   */
  pull: z.object({
    state: z.enum(['ok', 'missing', 'unknown', 'not-needed']),
    reason: reasonSchema.optional(),
  }),
});
/** {@inheritDoc namespaceReviewSchema} */
export type NamespaceReview = z.infer<typeof namespaceReviewSchema>;

/** The namespaces of one cluster of an environment; a failure is data. */
export const placeReviewSchema = z.object({
  cluster: z.string(),
  /** Why nothing is known, in the words of the cluster. */
  failure: z.string().optional(),
  /** False: patterns could not be told from namespaces, see `namespaces`. */
  complete: z.boolean(),
  namespaces: z.array(namespaceReviewSchema),
  /** Namespaces beyond those that one review asks for. */
  skipped: z.number().int(),
});
/** {@inheritDoc placeReviewSchema} */
export type PlaceReview = z.infer<typeof placeReviewSchema>;

/** Answer of GET `/environments/{id}/review`. */
export const environmentReviewSchema = z.object({
  environmentId: z.string(),
  /** The registry whose login is looked for; absent: there is none. */
  registryId: z.string().optional(),
  /** Why no login of it may be put into a cluster. */
  refusal: reasonSchema.optional(),
  places: z.array(placeReviewSchema),
});
/** {@inheritDoc environmentReviewSchema} */
export type EnvironmentReview = z.infer<typeof environmentReviewSchema>;
