import {
  compileRule,
  InvalidRuleError,
  TagFilter,
  TagKey,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';

/** How a rule decides. */
export type RuleKind = TagRule['kind'];

/** One filter as it is being typed. */
export interface FilterDraft {
  side: 'include' | 'exclude';
  kind: TagFilter['kind'];
  /** Pattern, or tags with commas between. */
  text: string;
}

/** A rule as it is being typed; each kind keeps its text. */
export interface RuleDraft {
  kind: RuleKind;
  /** What each kind reads; tags of a list with commas between. */
  texts: Readonly<Partial<Record<RuleKind, string>>>;
  /** Globs that exclude tags, with commas between. */
  exclude: string;
  /** All other filters. */
  filters: readonly FilterDraft[];
  /** Platforms that an image must have, with commas between. */
  platforms: string;
  prereleases: boolean;
  partialVersions: boolean;
  buildMetadata: boolean;
  /** Part of the tag that is a version; other kinds have it as their text. */
  key: string;
  /** How the groups of the key are put together. */
  template: string;
  /** The smallest is the newest. */
  descending: boolean;
  goBack: boolean;
}

/** Fields that only some kinds have. */
interface AnyRule {
  include?: TagFilter[];
  exclude?: TagFilter[];
  key?: TagKey;
  order?: 'ascending' | 'descending';
  buildMetadata?: boolean;
  goBack?: boolean;
  platforms?: string[];
  prereleases?: boolean;
  partialVersions?: boolean;
}

/** A draft of a saved rule, or of following the tag that runs. */
export function draftOf(rule: TagRule | undefined, tag = ''): RuleDraft {
  const saved: AnyRule = rule ?? {};
  const { include = [], exclude = [], platforms = [], key } = saved;
  const kind = rule?.kind ?? 'same-tag';
  const globs = exclude.filter(filter => filter.kind === 'glob');
  const others = exclude.filter(filter => filter.kind !== 'glob');
  return {
    kind,
    texts: { 'same-tag': tag, ...(rule && { [kind]: savedText(rule) }) },
    exclude: globs.map(({ pattern }) => pattern).join(', '),
    filters: [
      ...include.map(filter => filterDraft('include', filter)),
      ...others.map(filter => filterDraft('exclude', filter)),
    ],
    platforms: platforms.join(', '),
    prereleases: saved.prereleases ?? false,
    partialVersions: saved.partialVersions ?? false,
    buildMetadata: saved.buildMetadata ?? false,
    key: readsVersions(kind) ? key?.pattern ?? '' : '',
    template: key?.template ?? '',
    descending: saved.order === 'descending',
    goBack: saved.goBack ?? false,
  };
}

function filterDraft(
  side: FilterDraft['side'],
  filter: TagFilter,
): FilterDraft {
  const text = filter.kind === 'list' ? filter.tags.join(', ') : filter.pattern;
  return { side, kind: filter.kind, text };
}

function filterOf({ kind, text }: FilterDraft): TagFilter {
  return kind === 'list'
    ? { kind, tags: splitList(text) }
    : { kind, pattern: text };
}

/** The filters of a side that say something, with their places in the draft. */
export function filtersOf(
  { filters }: RuleDraft,
  side: FilterDraft['side'],
): number[] {
  return filters.flatMap((filter, index) =>
    filter.side === side && filter.text.trim() !== '' ? [index] : [],
  );
}

/** Whether a kind takes versions out of tags, so that they have a key apart. */
export function readsVersions(kind: RuleKind): kind is 'semver' | 'calver' {
  return kind === 'semver' || kind === 'calver';
}

/** Whether a kind compares a part of the tag, which is its text. */
export function comparesKey(
  kind: RuleKind,
): kind is 'numeric' | 'natural' | 'alphabetical' {
  return kind === 'numeric' || kind === 'natural' || kind === 'alphabetical';
}

function savedText(rule: TagRule): string {
  switch (rule.kind) {
    case 'same-tag':
      return rule.tag;
    case 'list':
      return rule.tags.join(', ');
    case 'regex':
    case 'glob':
      return rule.pattern;
    case 'semver':
      return rule.range;
    case 'calver':
      return rule.format;
    case 'numeric':
    case 'natural':
    case 'alphabetical':
      return rule.key?.pattern ?? '';
    default:
      return '';
  }
}

/** The rule that a draft stands for, checked or not. */
export function ruleOf(draft: RuleDraft): TagRule {
  const { kind, template } = draft;
  const text = textOf(draft);
  const requirements = requirementsOf(draft);
  const filters = { ...sidesOf(draft), ...requirements };
  const key = keyOf(draft.key, template);
  switch (kind) {
    case 'same-tag':
      return { kind, tag: text, ...requirements };
    case 'list':
      return { kind, tags: splitList(text), ...requirements };
    case 'regex':
    case 'glob':
      return { kind, pattern: text, ...filters };
    case 'semver':
      return {
        kind,
        range: text,
        ...(draft.prereleases && { prereleases: true }),
        ...(draft.partialVersions && { partialVersions: true }),
        ...(draft.buildMetadata && { buildMetadata: true }),
        ...key,
        ...filters,
      };
    case 'calver':
      return { kind, format: text, ...key, ...filters };
    case 'numeric':
    case 'natural':
    case 'alphabetical':
      return {
        kind,
        ...keyOf(text, template),
        ...(draft.descending && { order: 'descending' }),
        ...filters,
      };
    default:
      return { kind, ...filters };
  }
}

function requirementsOf({ platforms, goBack }: RuleDraft) {
  const wanted = splitList(platforms);
  return {
    ...(wanted.length > 0 && { platforms: wanted }),
    ...(goBack && { goBack: true }),
  };
}

function sidesOf(draft: RuleDraft) {
  const side = (name: FilterDraft['side']) =>
    filtersOf(draft, name).map(index => filterOf(draft.filters[index]));
  const include = side('include');
  const exclude = [
    ...side('exclude'),
    ...splitList(draft.exclude).map(pattern => ({
      kind: 'glob' as const,
      pattern,
    })),
  ];
  return {
    ...(include.length > 0 && { include }),
    ...(exclude.length > 0 && { exclude }),
  };
}

function keyOf(pattern: string, template: string): { key?: TagKey } {
  return pattern === ''
    ? {}
    : { key: { pattern, ...(template !== '' && { template }) } };
}

function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter(item => item !== '');
}

/** The text of a draft that its kind reads. */
export function textOf({ kind, texts }: RuleDraft): string {
  return texts[kind] ?? '';
}

/** A draft of another kind; what only the old one could say is gone. */
export function withKind(draft: RuleDraft, kind: RuleKind): RuleDraft {
  return {
    ...draft,
    kind,
    key: '',
    template: '',
    descending: false,
    buildMetadata: false,
  };
}

/** A draft whose text was changed. */
export function withText(draft: RuleDraft, text: string): RuleDraft {
  return { ...draft, texts: { ...draft.texts, [draft.kind]: text } };
}

/** Whether a kind reads no text at all. */
export function hasNoText(
  kind: RuleKind,
): kind is 'newest-pushed' | 'newest-created' {
  return kind === 'newest-pushed' || kind === 'newest-created';
}

/** What is wrong with a rule; undefined when nothing is. */
export function problemOf(rule: TagRule): InvalidRuleError | undefined {
  try {
    compileRule(rule);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidRuleError) {
      return error;
    }
    throw error;
  }
}
