import { Reason } from '../../reason';
import { ruleReasons } from '../reasons';
import type { TagFilter } from '../tagRule';
import { compilePattern } from './compilePattern';
import { compileGlob } from './glob';

/** One filter, ready for use. */
export interface CompiledFilter {
  /** As a person wrote it: the pattern, or the names. */
  readonly text: string;
  takes(tag: string): boolean;
}

/** Most characters of a list of names that a reason shows. */
const mostShown = 120;

/**
 * Makes one filter ready for use.
 *
 * @param path - of the filter in the rule, for errors; empty for the rule itself
 * @throws InvalidRuleError naming the field and the place in it
 */
export function compileFilter(filter: TagFilter, path: string): CompiledFilter {
  if (filter.kind === 'list') {
    const tags = new Set(filter.tags);
    return { text: joinTags(filter.tags), takes: tag => tags.has(tag) };
  }
  const { pattern } = filter;
  const field = path === '' ? 'pattern' : `${path}.pattern`;
  if (filter.kind === 'glob') {
    return { text: pattern, takes: compileGlob(pattern, field) };
  }
  const compiled = compilePattern(pattern, field);
  return { text: pattern, takes: tag => compiled.test(tag) };
}

/** Names as a reason shows them. */
export function joinTags(tags: readonly string[]): string {
  const text = tags.join(', ');
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;
}

/** Include and exclude filters of one rule. */
export interface CompiledFilters {
  takes(tag: string): boolean;
  /** Why a tag is not taken; undefined when it is. */
  whyNot(tag: string): Reason | undefined;
}

/**
 * Makes include and exclude filters ready for use.
 *
 * @returns undefined when there are no filters
 * @throws InvalidRuleError naming the field and the place in it
 */
export function compileFilters(rule: {
  include?: readonly TagFilter[];
  exclude?: readonly TagFilter[];
}): CompiledFilters | undefined {
  const include = rule.include?.map((filter, index) =>
    compileFilter(filter, `include.${index}`),
  );
  const exclude =
    rule.exclude?.map((filter, index) => ({
      ...compileFilter(filter, `exclude.${index}`),
      reason: ruleReasons.tagExcluded(textOf(filter)),
    })) ?? [];
  if (!include && exclude.length === 0) {
    return undefined;
  }
  const notIncluded = ruleReasons.tagNotIncluded(
    joinTags(include?.map(({ text }) => text) ?? []),
  );
  const isIncluded = (tag: string) =>
    include === undefined || include.some(filter => filter.takes(tag));
  return {
    takes: tag => isIncluded(tag) && !exclude.some(filter => filter.takes(tag)),
    whyNot: tag =>
      exclude.find(filter => filter.takes(tag))?.reason ??
      (isIncluded(tag) ? undefined : notIncluded),
  };
}

function textOf(filter: TagFilter): string {
  return filter.kind === 'list' ? joinTags(filter.tags) : filter.pattern;
}
