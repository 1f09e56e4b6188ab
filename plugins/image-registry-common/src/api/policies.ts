import { z } from 'zod';
import { reasonSchema } from '../reason';
import { tagRuleSchema } from '../rules';
import { imageRepositorySchema } from './images';
import { imageGatesSchema } from './protection';
import {
  decisionOutcomeSchema,
  entityRefSchema,
  pageQuerySchema,
  pageSchema,
  repositorySchema,
  timeSchema,
} from './shared';
import { targetRefSchema } from './targets';

/** `approve`: after an approval; `notify`: only said, never deployed. */
export const policyModeSchema = z.enum(['deploy', 'approve', 'notify']);
/** {@inheritDoc policyModeSchema} */
export type PolicyMode = z.infer<typeof policyModeSchema>;

/**
 * Of a workload without running pods (0 replicas, suspended, paused): `block`
 * leaves it as it is, `update` writes the image and does not start it.
 */
export const whenStoppedSchema = z.enum(['block', 'update']);
/** {@inheritDoc whenStoppedSchema} */
export type WhenStopped = z.infer<typeof whenStoppedSchema>;

/** An auto-build policy: which pushes deploy where. */
export const policySchema = z.object({
  id: z.string(),
  entityRef: z.string(),
  target: targetRefSchema,
  image: imageRepositorySchema,
  rule: tagRuleSchema,
  enabled: z.boolean(),
  mode: policyModeSchema,
  /** On top of what the environment asks. */
  gates: imageGatesSchema,
  whenStopped: whenStoppedSchema,
  source: z.enum(['database', 'catalog', 'config']),
  /** Who saved it last: under whose authority it deploys. */
  author: z.string(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: z.number().int(),
  /** The best tag so far. */
  head: z.object({ tag: z.string(), digest: z.string().optional() }).optional(),
  /** Why it cannot deploy now. */
  blocked: reasonSchema.optional(),
  lastDecision: z
    .object({
      outcome: decisionOutcomeSchema,
      reason: reasonSchema,
      decidedAt: timeSchema,
      tag: z.string(),
    })
    .optional(),
});
/** {@inheritDoc policySchema} */
export type Policy = z.infer<typeof policySchema>;

/** Body of POST `/policies`. */
export const createPolicySchema = z.strictObject({
  entityRef: entityRefSchema,
  target: targetRefSchema,
  image: imageRepositorySchema,
  rule: tagRuleSchema,
  enabled: z.boolean().optional(),
  mode: policyModeSchema.optional(),
  gates: imageGatesSchema.optional(),
  whenStopped: whenStoppedSchema.optional(),
});
/** {@inheritDoc createPolicySchema} */
export type CreatePolicy = z.infer<typeof createPolicySchema>;

/** Body of PATCH `/policies/{id}`. */
export const updatePolicySchema = z.strictObject({
  version: z.number().int(),
  image: imageRepositorySchema.optional(),
  rule: tagRuleSchema.optional(),
  enabled: z.boolean().optional(),
  mode: policyModeSchema.optional(),
  gates: imageGatesSchema.optional(),
  whenStopped: whenStoppedSchema.optional(),
});
/** {@inheritDoc updatePolicySchema} */
export type UpdatePolicy = z.infer<typeof updatePolicySchema>;

/** Query of GET `/policies`. */
export const policiesQuerySchema = pageQuerySchema.extend({
  entityRef: entityRefSchema.optional(),
  registryId: z.string().max(64).optional(),
  repository: z.string().max(255).optional(),
});
/** {@inheritDoc policiesQuerySchema} */
export type PoliciesQuery = z.infer<typeof policiesQuerySchema>;

/** Answer of GET `/policies`. */
export const policiesSchema = pageSchema(policySchema);

/** Body of POST `/policies/preview`. */
export const previewPolicySchema = z.strictObject({
  entityRef: entityRefSchema,
  target: targetRefSchema.optional(),
  image: imageRepositorySchema,
  rule: tagRuleSchema,
});
/** {@inheritDoc previewPolicySchema} */
export type PreviewPolicy = z.infer<typeof previewPolicySchema>;

/** Query of GET `/policies/changes`. */
export const tagHistoryQuerySchema = z.strictObject({
  entityRef: entityRefSchema,
  registryId: z.string().min(1).max(64),
  repository: repositorySchema,
});
/** {@inheritDoc tagHistoryQuerySchema} */
export type TagHistoryQuery = z.infer<typeof tagHistoryQuerySchema>;

/**
 * Answer of GET `/policies/changes`: what is known of a repository's tags over
 * the last 30 days, for `replayHistory`.
 */
export const tagHistorySchema = z.object({
  /** Later when there were more than 5 000 changes. */
  from: timeSchema,
  to: timeSchema,
  /** What the tags meant at `from`. */
  before: z.array(
    z.object({
      tag: z.string(),
      digest: z.string().optional(),
      pushedAt: timeSchema.optional(),
    }),
  ),
  /** In the order in which the portal heard of them. */
  changes: z.array(
    z.object({
      at: timeSchema,
      tag: z.string(),
      digest: z.string(),
      pushedAt: timeSchema.optional(),
    }),
  ),
});

/** What a rule would choose now, and why not the others. */
export const policyPreviewSchema = z.object({
  selected: z.string().optional(),
  /** Why nothing is chosen although there may be candidates. */
  blocked: reasonSchema.optional(),
  /** What has to be looked up of the selected tag before it is deployed. */
  open: reasonSchema.optional(),
  candidates: z.array(
    z.object({
      tag: z.string(),
      accepted: z.boolean(),
      reason: reasonSchema,
      /** 1 is the best. */
      rank: z.number().int().optional(),
    }),
  ),
  /** How many tags there are beyond the candidates listed. */
  totalItems: z.number().int(),
  complete: z.boolean(),
  incompleteReason: z.string().optional(),
  /** The same, for translation. */
  incompleteBecause: reasonSchema.optional(),
  /** What would have been deployed by it, from stored changes of tags. */
  past: z
    .object({
      from: timeSchema,
      to: timeSchema,
      /** Changes that were heard of in that time. */
      changes: z.number().int(),
      deploys: z.array(
        z.object({ at: timeSchema, tag: z.string(), digest: z.string() }),
      ),
    })
    .optional(),
});
/** {@inheritDoc policyPreviewSchema} */
export type PolicyPreview = z.infer<typeof policyPreviewSchema>;
