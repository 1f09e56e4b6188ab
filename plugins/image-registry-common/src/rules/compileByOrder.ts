import { isImageTag } from './artifactTags';
import { compareSpellingAndPush } from './candidateOrder';
import { CompiledRule, OrderKey, TagCandidate, TagTest } from './CompiledRule';
import { completeRule } from './completeRule';
import { descending, TagOrder } from './orders/TagOrder';
import { compileFilters } from './patterns/TagFilters';
import { compileKey } from './patterns/TagKeyReader';
import { ruleReasons } from './reasons';
import { TagFilter, TagKey, TagRule } from './tagRule';
import { accepted, rejected, testImageTag } from './tagTests';

/** What rules with an order of their own have in common. */
type OrderedRule = TagRule & {
  key?: TagKey;
  include?: TagFilter[];
  exclude?: TagFilter[];
  order?: 'ascending' | 'descending';
};

/**
 * A rule that reads a tag, or the part of it that its key takes out, and
 * compares what it read.
 *
 * @throws InvalidRuleError when a filter or the key cannot be read
 */
export function compileByOrder<Value>(
  rule: OrderedRule,
  ascending: TagOrder<Value>,
): CompiledRule {
  const order = rule.order === 'descending' ? descending(ascending) : ascending;
  const filters = compileFilters(rule);
  const keyReader = rule.key && compileKey(rule.key);
  const taken = accepted(order.accepted);
  const keyDiffers = rejected(ruleReasons.keyDiffers(rule.key?.pattern ?? ''));

  const textOf = keyReader
    ? (tag: string) => keyReader.read(tag)
    : (tag: string): string | undefined => tag;
  const read = (tag: string): Value | undefined => {
    const text = textOf(tag);
    const value = text === undefined ? undefined : order.read(text);
    return value !== undefined &&
      ((!keyReader && order.impliesImageTag?.(value, tag)) ||
        isImageTag(tag)) &&
      (!filters || filters.takes(tag))
      ? value
      : undefined;
  };
  const whyNot = (tag: string): TagTest => {
    const noImage = testImageTag(tag);
    if (noImage) {
      return noImage;
    }
    const filtered = filters?.whyNot(tag);
    if (filtered) {
      return rejected(filtered);
    }
    const text = textOf(tag);
    return text === undefined ? keyDiffers : rejected(order.whyNot(text));
  };
  const measure = (tag: string): Value | undefined => {
    const text = textOf(tag);
    return text === undefined ? undefined : order.measure(text);
  };
  const compareScanned = (a: TagCandidate, b: TagCandidate): number =>
    order.preferScanned?.(a.tag, b.tag) || compareSpellingAndPush(a, b);
  // A rule is only ever given the keys that it made.
  const valueOf = (key: OrderKey) => key.value as Value;

  return completeRule({
    rule,
    ordered: true,
    time: 'pushed',
    // A scan reads whole tags and knows no filters.
    ...(!keyReader &&
      !filters && {
        scan: order.scan,
        compareScanned: order.preferScanned && compareScanned,
        refusals: order.refusals,
      }),
    test: tag => (read(tag) === undefined ? whyNot(tag) : taken),
    keyOfName: candidate => {
      const value = read(candidate.tag);
      return value === undefined
        ? undefined
        : { candidate, order: order.numberOf?.(value), value };
    },
    compareValues: (a, b) => order.compare(valueOf(a), valueOf(b)),
    compareKeys: (a, b) =>
      order.compare(valueOf(a), valueOf(b)) ||
      order.prefer?.(valueOf(a), valueOf(b)) ||
      compareSpellingAndPush(a.candidate, b.candidate),
    compareTags: (a, b) => {
      const valueA = measure(a);
      const valueB = measure(b);
      return valueA === undefined || valueB === undefined
        ? undefined
        : order.compare(valueA, valueB);
    },
    describe: () =>
      rule.order === 'descending'
        ? `${order.description}, the smallest first`
        : order.description,
  });
}
