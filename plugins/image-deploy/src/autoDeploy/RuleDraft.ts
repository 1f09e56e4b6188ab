import {
  compileRule,
  InvalidRuleError,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';

/** A rule as it is being typed; each kind keeps its text. */
export interface RuleDraft {
  kind: TagRule['kind'];
  tag: string;
  pattern: string;
  range: string;
  prereleases: boolean;
  partialVersions: boolean;
}

/** A draft of a saved rule, or of following the tag that runs. */
export function draftOf(rule: TagRule | undefined, tag = ''): RuleDraft {
  const empty: RuleDraft = {
    kind: 'same-tag',
    tag,
    pattern: '',
    range: '',
    prereleases: false,
    partialVersions: false,
  };
  return rule ? { ...empty, ...rule } : empty;
}

/** The rule that a draft stands for, checked or not. */
export function ruleOf(draft: RuleDraft): TagRule {
  switch (draft.kind) {
    case 'same-tag':
      return { kind: 'same-tag', tag: draft.tag };
    case 'regex':
      return { kind: 'regex', pattern: draft.pattern };
    default:
      return {
        kind: 'semver',
        range: draft.range,
        ...(draft.prereleases && { prereleases: true }),
        ...(draft.partialVersions && { partialVersions: true }),
      };
  }
}

/** The text of a draft that its kind reads. */
export function textOf(draft: RuleDraft): string {
  switch (draft.kind) {
    case 'same-tag':
      return draft.tag;
    case 'regex':
      return draft.pattern;
    default:
      return draft.range;
  }
}

/** A draft whose text was changed. */
export function withText(draft: RuleDraft, text: string): RuleDraft {
  switch (draft.kind) {
    case 'same-tag':
      return { ...draft, tag: text };
    case 'regex':
      return { ...draft, pattern: text };
    default:
      return { ...draft, range: text };
  }
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
