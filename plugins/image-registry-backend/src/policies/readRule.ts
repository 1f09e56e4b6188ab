import {
  CompiledRule,
  compileRule,
  InvalidRuleError,
  Reason,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';

const MAX_REMEMBERED = 5000;

/** By their text, for policies that come fresh from the database. */
const remembered = new Map<string, ReadRule>();
/** By themselves, for those that are remembered: their rules do not change. */
const read = new WeakMap<TagRule, ReadRule>();

/** A rule that is ready for use, or why it cannot be used any more. */
export type ReadRule =
  | { rule: CompiledRule; objection?: undefined }
  | { rule?: undefined; objection: Reason };

/**
 * Reads the rule of a stored policy. One that was saved by another version of
 * the portal and is no rule for this one must not stop the other policies.
 */
export function readRule(stored: TagRule): ReadRule {
  const known = read.get(stored);
  if (known) {
    return known;
  }
  const fresh = readByText(stored);
  read.set(stored, fresh);
  return fresh;
}

function readByText(stored: TagRule): ReadRule {
  const text = JSON.stringify(stored);
  const known = remembered.get(text);
  if (known) {
    return known;
  }
  if (remembered.size >= MAX_REMEMBERED) {
    remembered.clear();
  }
  const fresh = compiledOrObjection(stored);
  remembered.set(text, fresh);
  return fresh;
}

function compiledOrObjection(stored: TagRule): ReadRule {
  try {
    return { rule: compileRule(stored) };
  } catch (error) {
    return {
      objection:
        error instanceof InvalidRuleError
          ? error.reason
          : { code: 'rule-invalid', message: `The rule is none: ${error}` },
    };
  }
}
