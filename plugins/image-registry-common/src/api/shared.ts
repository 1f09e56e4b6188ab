import { z } from 'zod';
import { Reason, reasonSchema } from '../reason';

/** An instant, ISO 8601 in UTC, for example `2026-11-21T08:00:00.000Z`. */
export const timeSchema = z.string();

/** A catalog entity reference, for example `component:default/web`. */
export const entityRefSchema = z
  .string()
  .min(3)
  .max(512)
  .regex(/^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/, {
    message: 'must be a full entity reference such as component:default/web',
  });

/** A digest: algorithm and lower-case hex, for example `sha256:…`. */
export const digestSchema = z
  .string()
  .regex(/^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/, {
    message: 'must be a digest such as sha256:<64 hex digits>',
  });

/** A tag as the OCI distribution spec allows it. */
export const tagSchema = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, {
    message: 'must be a tag: letters, digits, . _ -, at most 128',
  });

/** A repository path inside a registry, without host, tag or digest. */
export const repositorySchema = z
  .string()
  .max(255)
  .regex(
    /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
    {
      message: 'must be a repository path: lower-case letters, digits, . _ - /',
    },
  );

/** How a listing is asked for, page by page. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(2048).optional(),
});

/** One page of a listing; `nextCursor` is absent on the last page. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().optional(),
    totalItems: z.number().int().optional(),
  });
}

/** One page of a listing. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
  totalItems?: number;
}

/**
 * One page of something read from a registry. `complete: false` says that
 * the answer is not the whole truth, `reason` why.
 */
export function listingSchema<T extends z.ZodType>(item: T) {
  return pageSchema(item).extend({
    complete: z.boolean(),
    reason: z.string().optional(),
    /** The same as the reason, for translation. */
    because: reasonSchema.optional(),
    /** When the registry was read. */
    readAt: timeSchema.optional(),
  });
}

/** One page of something read from a registry. */
export interface Listing<T> extends Page<T> {
  complete: boolean;
  reason?: string;
  because?: Reason;
  readAt?: string;
}

/**
 * What a policy came to: `recorded` would have deployed, but only tells or was
 * not allowed to.
 */
export const decisionOutcomeSchema = z.enum([
  'accepted',
  'rejected',
  'blocked',
  'recorded',
]);
/** {@inheritDoc decisionOutcomeSchema} */
export type DecisionOutcome = z.infer<typeof decisionOutcomeSchema>;
