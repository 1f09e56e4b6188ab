import { z } from 'zod';
import { tagSchema } from '../api/shared';

/**
 * Which tags a policy takes and which of them is the newest.
 *
 * - `same-tag`: one tag; a new digest under it is newer.
 * - `regex`: tags that match as a whole (RE2 syntax); newer is what was
 *   pushed later, because a plain expression has no order.
 * - `semver`: versions inside a range; newer is the higher version.
 */
export const tagRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('same-tag'), tag: tagSchema }),
  z.strictObject({
    kind: z.literal('regex'),
    /** RE2 syntax, matched against the whole tag. */
    pattern: z.string().min(1).max(500),
  }),
  z.strictObject({
    kind: z.literal('semver'),
    /** npm's range syntax; Masterminds' spellings (`,` for and) are read too. */
    range: z.string().min(1).max(500),
    /** Takes prereleases although the range doesn't name one. */
    prereleases: z.boolean().optional(),
    /** Takes `1.2` and `1` for 1.2.0 and 1.0.0; else they are no versions. */
    partialVersions: z.boolean().optional(),
  }),
]);

/** {@inheritDoc tagRuleSchema} */
export type TagRule = z.infer<typeof tagRuleSchema>;
