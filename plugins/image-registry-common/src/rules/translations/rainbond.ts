import { TagRule } from '../tagRule';
import { checkedTranslation } from './checked';
import { notes } from './notes';
import { RuleTranslation } from './RuleTranslation';
import { wholeMatchOfPrefix } from './wholeMatch';

/** The image webhook of a Rainbond component. */
export interface RainbondTrigger {
  /** Its tag expression, Python syntax; empty: the tag that runs. */
  trigger?: string;
  /** The tag of the component's image. */
  runningTag: string;
}

/**
 * Translates a Rainbond image webhook: without an expression it follows the
 * component's own tag, with one the beginning of each pushed tag must match.
 */
export function translateRainbond({
  trigger,
  runningTag,
}: RainbondTrigger): RuleTranslation {
  if (!trigger) {
    const rule: TagRule = { kind: 'same-tag', tag: runningTag };
    return checkedTranslation({}, rule, []);
  }
  const pattern = wholeMatchOfPrefix(trigger);
  return checkedTranslation({}, { kind: 'regex', pattern }, [
    ...(pattern === trigger ? [] : [notes.prefixMatch(trigger)]),
    notes.noEventOrder(),
    notes.artifactsExcluded(),
  ]);
}
