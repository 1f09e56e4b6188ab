import { z } from 'zod';
import { tagSchema } from '../api/shared';

const pattern = z.string().min(1).max(500);
/** Longest list of tags or filters that a rule may hold. */
const mostTags = 100;
const mostFilters = 20;

/**
 * Which tags are looked at at all: an expression or a glob that matches the
 * whole tag, or tags by name.
 */
export const tagFilterSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('regex'),
    /** RE2 syntax. */
    pattern,
  }),
  z.strictObject({
    kind: z.literal('glob'),
    /** `*` any characters, `?` one, `[a-f]` and `[!a-f]` one of a class. */
    pattern,
  }),
  z.strictObject({
    kind: z.literal('list'),
    tags: z.array(tagSchema).min(1).max(mostTags),
  }),
]);

/** {@inheritDoc tagFilterSchema} */
export type TagFilter = z.infer<typeof tagFilterSchema>;

/**
 * Which part of a tag is compared. Tags that the expression does not match as
 * a whole are not taken.
 */
export const tagKeySchema = z.strictObject({
  /** RE2 syntax with at least one group. */
  pattern,
  /**
   * Groups by `$name`, `${name}` or `$1`, other text as it is, `$$` for a
   * dollar. Absent: the group named `key`, else the only group.
   */
  template: z.string().min(1).max(200).optional(),
});

/** {@inheritDoc tagKeySchema} */
export type TagKey = z.infer<typeof tagKeySchema>;

/** `linux/amd64` or `linux/arm64/v8`. */
export const platformPattern = /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/;

const platform = z.string().max(64).regex(platformPattern, {
  message: 'must be a platform such as linux/amd64 or linux/arm64/v8',
});

const requirements = {
  /** Every one of them must be in the image. */
  platforms: z.array(platform).min(1).max(16).optional(),
  /**
   * Deploys the newest of the tags that exist also when it is older than what
   * runs. Absent or false: nothing goes back.
   */
  goBack: z.boolean().optional(),
};

const filters = {
  /** At least one of them takes the tag. */
  include: z.array(tagFilterSchema).min(1).max(mostFilters).optional(),
  /** None of them takes the tag. */
  exclude: z.array(tagFilterSchema).min(1).max(mostFilters).optional(),
  ...requirements,
};

/** `ascending`: the greatest is the newest; `descending`: the smallest. */
const order = z.enum(['ascending', 'descending']).optional();

/**
 * Which tags a policy takes and which of them is the newest.
 *
 * - `same-tag`: one tag; a new digest under it is newer.
 * - `list`: some tags by name; newer is what was pushed later.
 * - `regex`, `glob`: tags that match as a whole; newer is what was pushed
 *   later, because a plain expression has no order.
 * - `semver`: versions inside a range; newer is the higher version.
 * - `calver`: dates and numbers in a format; newer is the later date, then
 *   the higher number.
 * - `numeric`: numbers of any length; newer is the higher one.
 * - `natural`: any text, its numbers compared as numbers.
 * - `alphabetical`: any text, compared by code units.
 * - `newest-pushed`: any tag; newer is what was pushed later.
 * - `newest-created`: any tag; newer is what was built later, as the image
 *   itself says.
 *
 * Tags of signatures, attestations and SBOMs are never taken unless they are
 * named (`same-tag`, `list`).
 */
export const tagRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('same-tag'),
    tag: tagSchema,
    ...requirements,
  }),
  z.strictObject({
    kind: z.literal('list'),
    tags: z.array(tagSchema).min(1).max(mostTags),
    ...requirements,
  }),
  z.strictObject({
    kind: z.literal('regex'),
    /** RE2 syntax, matched against the whole tag. */
    pattern,
    ...filters,
  }),
  z.strictObject({
    kind: z.literal('glob'),
    /** `*` any characters, `?` one, `[a-f]` and `[!a-f]` one of a class. */
    pattern,
    ...filters,
  }),
  z.strictObject({
    kind: z.literal('semver'),
    /** npm's range syntax; Masterminds' spellings (`,` for and) are read too. */
    range: z.string().min(1).max(500),
    /** Takes prereleases although the range doesn't name one. */
    prereleases: z.boolean().optional(),
    /** Takes `1.2` and `1` for 1.2.0 and 1.0.0; else they are no versions. */
    partialVersions: z.boolean().optional(),
    /** Takes `1.2.3_5` for 1.2.3+5: a tag cannot hold the `+`. */
    buildMetadata: z.boolean().optional(),
    key: tagKeySchema.optional(),
    ...filters,
  }),
  z.strictObject({
    kind: z.literal('calver'),
    /**
     * `YYYY`, `YY`, `0Y`, `MM`, `0M`, `WW`, `0W`, `DD`, `0D`, `MAJOR`,
     * `MINOR`, `MICRO`, `MODIFIER` of calver.org, other text as it is; an end
     * in `[…]` may be missing.
     */
    format: z.string().min(1).max(100),
    key: tagKeySchema.optional(),
    ...filters,
  }),
  z.strictObject({
    kind: z.literal('numeric'),
    order,
    key: tagKeySchema.optional(),
    ...filters,
  }),
  z.strictObject({
    kind: z.literal('natural'),
    order,
    key: tagKeySchema.optional(),
    ...filters,
  }),
  z.strictObject({
    kind: z.literal('alphabetical'),
    order,
    key: tagKeySchema.optional(),
    ...filters,
  }),
  z.strictObject({ kind: z.literal('newest-pushed'), ...filters }),
  z.strictObject({ kind: z.literal('newest-created'), ...filters }),
]);

/** {@inheritDoc tagRuleSchema} */
export type TagRule = z.infer<typeof tagRuleSchema>;

/** One kind of {@link TagRule}. */
export type TagRuleOf<Kind extends TagRule['kind']> = Extract<
  TagRule,
  { kind: Kind }
>;
