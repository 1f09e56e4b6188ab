import { isTag } from '../reference';
import { isImageTag } from './artifactTags';
import { comparePushes } from './candidateOrder';
import { CompiledRule, TagTest } from './CompiledRule';
import { compileByOrder } from './compileByOrder';
import { compileByTime, NameTest } from './compileByTime';
import { completeRule } from './completeRule';
import { InvalidRuleError } from './InvalidRuleError';
import { calendarOrder } from './orders/calver';
import { numericOrder } from './orders/numeric';
import { alphabeticalOrder, naturalOrder } from './orders/text';
import {
  CompiledFilter,
  compileFilter,
  compileFilters,
  joinTags,
} from './patterns/TagFilters';
import { ruleReasons } from './reasons';
import { TagFilter, TagRule, TagRuleOf } from './tagRule';
import { accepted, rejected, testImageTag } from './tagTests';
import { semverOrder } from './versions/semver';

/**
 * Checks a rule and makes it ready for use.
 * @throws InvalidRuleError naming the field and the place in it
 */
export function compileRule(rule: TagRule): CompiledRule {
  switch (rule.kind) {
    case 'same-tag':
      return compileSameTag(rule);
    case 'list':
      return compileByTime(rule, listedNames(rule));
    case 'regex':
    case 'glob':
      return compileByTime(rule, matchingNames(rule));
    case 'newest-pushed':
      return compileByTime(rule, anyNames(rule));
    case 'newest-created':
      return compileByTime(rule, anyNames(rule), 'created');
    case 'semver':
      return compileByOrder(rule, semverOrder(rule));
    case 'calver':
      return compileByOrder(rule, calendarOrder(rule.format));
    case 'numeric':
      return compileByOrder(rule, numericOrder);
    case 'natural':
      return compileByOrder(rule, naturalOrder);
    case 'alphabetical':
      return compileByOrder(rule, alphabeticalOrder);
    default:
      return unknownRule(rule);
  }
}

/** Follows one tag; a new digest under it is newer. */
function compileSameTag(rule: TagRuleOf<'same-tag'>): CompiledRule {
  const { tag } = rule;
  requireTag(tag, 'tag');
  const followed = accepted(ruleReasons.tagIsFollowed(tag));
  const other = rejected(ruleReasons.tagIsOther(tag));
  return completeRule({
    rule,
    ordered: true,
    time: 'pushed',
    test: text => (text === tag ? followed : other),
    keyOfName: candidate =>
      candidate.tag === tag ? { candidate, value: tag } : undefined,
    compareValues: () => 0,
    compareKeys: (a, b) => comparePushes(a.candidate, b.candidate),
    compareTags: () => undefined,
    describe: () => `the tag ${tag}`,
  });
}

/** Tags by name, whatever they look like. */
function listedNames({ tags }: TagRuleOf<'list'>): NameTest {
  if (tags.length === 0) {
    throw new InvalidRuleError('tags', ruleReasons.emptyList());
  }
  tags.forEach((tag, index) => requireTag(tag, `tags.${index}`));
  const listed = new Set(tags);
  const names = joinTags(tags);
  const isListed = accepted(ruleReasons.tagIsListed(names));
  const isNot = rejected(ruleReasons.tagIsNotListed(names));
  return {
    takes: tag => listed.has(tag),
    test: tag => (listed.has(tag) ? isListed : isNot),
    description: names,
  };
}

function matchingNames(rule: TagRuleOf<'regex'> | TagRuleOf<'glob'>): NameTest {
  const { kind, pattern } = rule;
  return filteredNames(rule, {
    filter: compileFilter({ kind, pattern }, ''),
    matches: accepted(ruleReasons.patternMatches(pattern)),
    differs: rejected(ruleReasons.patternDiffers(pattern)),
    description: `those that match ${pattern}`,
  });
}

function anyNames(
  rule: TagRuleOf<'newest-pushed'> | TagRuleOf<'newest-created'>,
): NameTest {
  return filteredNames(rule, {
    matches: accepted(ruleReasons.tagTaken()),
    description: 'all',
  });
}

function filteredNames(
  rule: { include?: TagFilter[]; exclude?: TagFilter[] },
  names: {
    filter?: CompiledFilter;
    matches: TagTest;
    differs?: TagTest;
    description: string;
  },
): NameTest {
  const { filter, matches, differs = matches, description } = names;
  const filters = compileFilters(rule);
  const test = (tag: string): TagTest => {
    const noImage = testImageTag(tag);
    if (noImage) {
      return noImage;
    }
    const filtered = filters?.whyNot(tag);
    if (filtered) {
      return rejected(filtered);
    }
    return !filter || filter.takes(tag) ? matches : differs;
  };
  return {
    takes: tag =>
      (!filter || filter.takes(tag)) &&
      isImageTag(tag) &&
      (!filters || filters.takes(tag)),
    test,
    description,
  };
}

function requireTag(tag: string, path: string): void {
  if (!isTag(tag)) {
    throw new InvalidRuleError(path, ruleReasons.invalidTag(tag), {
      position: 0,
      length: tag.length,
    });
  }
}

function unknownRule(rule: never): never {
  throw new Error(`Unknown kind of rule: ${JSON.stringify(rule)}`);
}
