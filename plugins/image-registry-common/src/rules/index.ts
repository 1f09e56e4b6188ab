export { tagRuleSchema } from './tagRule';
export type { TagRule } from './tagRule';
