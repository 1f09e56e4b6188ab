export { isArtifactTag } from './artifactTags';
export { comparePushedTag } from './comparePushedTag';
export type { PushVerdict } from './comparePushedTag';
export type {
  CompiledRule,
  OrderKey,
  TagCandidate,
  TagTest,
} from './CompiledRule';
export { compileRule } from './compileRule';
export { evaluateRule, selectTag } from './evaluateRule';
export type {
  EvaluateOptions,
  RuleEvaluation,
  RuleSelection,
  TagVerdict,
} from './evaluateRule';
export { InvalidRuleError } from './InvalidRuleError';
export { ruleReasonCodes } from './reasons';
export type { RuleReasonCode } from './reasons';
export { tagRuleSchema } from './tagRule';
export type { TagRule } from './tagRule';
export type { Version } from './version';
