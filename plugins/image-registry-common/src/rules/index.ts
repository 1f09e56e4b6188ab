export { adviseRule } from './adviseRule';
export type { RuleAdvice } from './adviseRule';
export { isArtifactTag } from './artifactTags';
export { servesPlatform } from './platforms';
export { comparePushedTag } from './comparePushedTag';
export type { PushVerdict } from './comparePushedTag';
export type {
  CompiledRule,
  OrderKey,
  TagCandidate,
  TagTest,
  TimeOrder,
} from './CompiledRule';
export { compileRule } from './compileRule';
export {
  evaluateRule,
  evaluateRuleInTurns,
  isShrunken,
  selectTag,
} from './evaluateRule';
export type {
  EvaluateOptions,
  RuleEvaluation,
  RuleSelection,
} from './evaluateRule';
export type { TagVerdict } from './Explanation';
export { InvalidRuleError } from './InvalidRuleError';
export type { TextSpan } from './InvalidRuleError';
export { replayHistory, replayRule } from './replayRule';
export type { PastChange, PastDeploy, TagHistory } from './replayRule';
export { ruleReasonCodes } from './reasons';
export type { RuleReasonCode } from './reasons';
export { startOfTags } from './startOfTags';
export { tagFilterSchema, tagKeySchema, tagRuleSchema } from './tagRule';
export type { TagFilter, TagKey, TagRule, TagRuleOf } from './tagRule';
export * from './translations';
