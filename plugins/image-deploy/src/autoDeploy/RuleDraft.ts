import {
  compileRule,
  InvalidRuleError,
  TagFilter,
  TagKey,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';

/** How a rule decides. */
export type RuleKind = TagRule['kind'];

/** A rule as it is being typed; each kind keeps its text. */
export interface RuleDraft {
  kind: RuleKind;
  /** What each kind reads; tags of a list with commas between. */
  texts: Readonly<Partial<Record<RuleKind, string>>>;
  /** Globs that exclude tags, with commas between. */
  exclude: string;
  /** Platforms that an image must have, with commas between. */
  platforms: string;
  prereleases: boolean;
  partialVersions: boolean;
  /** What a saved rule says beyond what is edited here: it stays. */
  kept: Kept;
}

interface Kept {
  include?: TagFilter[];
  /** All but globs. */
  exclude?: TagFilter[];
  /** Of versions; the other kinds show its expression as their text. */
  key?: TagKey;
  template?: string;
  order?: 'ascending' | 'descending';
  buildMetadata?: boolean;
  goBack?: boolean;
}

/** Fields that only some kinds have. */
interface AnyRule extends Omit<Kept, 'template'> {
  platforms?: string[];
  prereleases?: boolean;
  partialVersions?: boolean;
}

/** A draft of a saved rule, or of following the tag that runs. */
export function draftOf(rule: TagRule | undefined, tag = ''): RuleDraft {
  const saved: AnyRule = rule ?? {};
  const { include, exclude = [], platforms = [], key } = saved;
  const { order, buildMetadata, goBack } = saved;
  const kind = rule?.kind ?? 'same-tag';
  const globs = exclude.filter(filter => filter.kind === 'glob');
  const others = exclude.filter(filter => filter.kind !== 'glob');
  return {
    kind,
    texts: { 'same-tag': tag, ...(rule && { [kind]: savedText(rule) }) },
    exclude: globs.map(({ pattern }) => pattern).join(', '),
    platforms: platforms.join(', '),
    prereleases: saved.prereleases ?? false,
    partialVersions: saved.partialVersions ?? false,
    kept: {
      ...(include && { include }),
      ...(others.length > 0 && { exclude: others }),
      ...(key && kind === 'semver' && { key }),
      ...(key?.template && { template: key.template }),
      ...(order && { order }),
      ...(buildMetadata && { buildMetadata }),
      ...(goBack && { goBack }),
    },
  };
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
  const { kind, kept } = draft;
  const text = textOf(draft);
  const platforms = splitList(draft.platforms);
  const exclude = [
    ...(kept.exclude ?? []),
    ...splitList(draft.exclude).map(pattern => ({
      kind: 'glob' as const,
      pattern,
    })),
  ];
  const requirements = {
    ...(platforms.length > 0 && { platforms }),
    ...(kept.goBack && { goBack: true }),
  };
  const filters = {
    ...(kept.include && { include: kept.include }),
    ...(exclude.length > 0 && { exclude }),
    ...requirements,
  };
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
        ...(kept.buildMetadata && { buildMetadata: true }),
        ...(kept.key && { key: kept.key }),
        ...filters,
      };
    case 'calver':
      return { kind, format: text, ...filters };
    case 'numeric':
    case 'natural':
    case 'alphabetical':
      return {
        kind,
        ...keyOf(text, kept.template),
        ...(kept.order && { order: kept.order }),
        ...filters,
      };
    default:
      return { kind, ...filters };
  }
}

function keyOf(pattern: string, template?: string): { key?: TagKey } {
  return pattern === ''
    ? {}
    : { key: { pattern, ...(template && { template }) } };
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
  const { include, exclude } = draft.kept;
  return { ...draft, kind, kept: { include, exclude } };
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
