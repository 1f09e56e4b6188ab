import { z } from 'zod';
import { Reason, reasonSchema } from '../reason';
import { imageRepositorySchema } from './images';
import { approvalSchema, gateStateSchema } from './protection';
import {
  digestSchema,
  entityRefSchema,
  pageQuerySchema,
  pageSchema,
  tagSchema,
  timeSchema,
} from './shared';
import {
  fieldOwnerSchema,
  namedFieldOwnerSchema,
  podSchema,
  targetRefSchema,
  workloadManagerSchema,
} from './targets';

/** States of a rollout; the last six are final. */
export const rolloutStateSchema = z.enum([
  'queued',
  'waiting',
  'applying',
  'progressing',
  'rolling-back',
  'succeeded',
  'failed',
  'rolled-back',
  'superseded',
  'cancelled',
  'rejected',
]);
/** {@inheritDoc rolloutStateSchema} */
export type RolloutState = z.infer<typeof rolloutStateSchema>;

/** States from which nothing follows. */
export const finalRolloutStates: readonly RolloutState[] = [
  'succeeded',
  'failed',
  'rolled-back',
  'superseded',
  'cancelled',
  'rejected',
];

/** States in which a rollout holds its target. */
export const runningRolloutStates: readonly RolloutState[] = [
  'applying',
  'progressing',
  'rolling-back',
];

/**
 * Whether a rollout can be cancelled: before it begins, and while a write that
 * failed is tried again, of which the reason tells. What was written stays.
 */
export function isCancellable({
  state,
  reason,
}: {
  state: RolloutState;
  reason?: Reason;
}): boolean {
  return (
    state === 'queued' ||
    state === 'waiting' ||
    (state === 'applying' && reason !== undefined)
  );
}

/** An image of a rollout; the digest is what is deployed. */
export const rolloutImageSchema = z.object({
  registryId: z.string().optional(),
  repository: z.string(),
  tag: z.string().optional(),
  digest: z.string().optional(),
  /** As written into the workload. */
  reference: z.string(),
});
/** {@inheritDoc rolloutImageSchema} */
export type RolloutImage = z.infer<typeof rolloutImageSchema>;

/** One transition, observation or message of a rollout. */
export const rolloutEventSchema = z.object({
  sequence: z.number().int(),
  at: timeSchema,
  /** What happened: a state, or a step within one. */
  type: z.string(),
  state: rolloutStateSchema,
  reason: reasonSchema.optional(),
  /** Counts and pods as they were seen, for progress. */
  progress: z
    .object({
      replicas: z.number().int(),
      updatedReplicas: z.number().int(),
      readyReplicas: z.number().int(),
      pods: z.array(podSchema),
    })
    .optional(),
  /** How often it happened; left out for once. `at` tells of the last time. */
  times: z.number().int().optional(),
});
/** {@inheritDoc rolloutEventSchema} */
export type RolloutEvent = z.infer<typeof rolloutEventSchema>;

/** Another container that changes in the same rollout. */
export const otherContainerSchema = z.object({
  container: z.string(),
  image: rolloutImageSchema,
  /** What ran there before, known once it was applied. */
  previous: rolloutImageSchema.optional(),
});
/** {@inheritDoc otherContainerSchema} */
export type OtherContainer = z.infer<typeof otherContainerSchema>;

/** One deploy of one image to one target, whatever caused it. */
export const rolloutSchema = z.object({
  id: z.string(),
  /** Grows with every rollout of the portal; orders the history. */
  sequence: z.number().int(),
  entityRef: z.string(),
  targetKey: z.string(),
  target: targetRefSchema,
  environment: z.string().optional(),
  image: rolloutImageSchema,
  /** What ran before, known once it was applied. */
  previous: rolloutImageSchema.optional(),
  /** Containers of the same workload that change together with it. */
  others: z.array(otherContainerSchema).optional(),
  state: rolloutStateSchema,
  reason: reasonSchema.optional(),
  /**
   * Why it failed, when it is returned to another image, was, or was to be;
   * `reason` tells then how the return goes or ended.
   */
  failure: reasonSchema.optional(),
  /** The last good image, when it is returned there or was. */
  returnTo: rolloutImageSchema.optional(),
  /** Logs and events that it left are kept: see GET `/rollouts/{id}/evidence`. */
  hasEvidence: z.boolean().optional(),
  /** `outside`: somebody changed the image without the portal. */
  cause: z.enum(['person', 'policy', 'rollback', 'retry', 'outside']),
  /**
   * User or service; for policies the policy's author; of a change outside the
   * manager of the field on the cluster, empty when nobody knows.
   */
  author: z.string(),
  note: z.string().optional(),
  policyId: z.string().optional(),
  decisionId: z.string().optional(),
  /** The rollout that this one repeats or undoes. */
  originId: z.string().optional(),
  createdAt: timeSchema,
  startedAt: timeSchema.optional(),
  finishedAt: timeSchema.optional(),
  attempts: z.number().int(),
  nextAttemptAt: timeSchema.optional(),
  /** Who has to agree; absent when nobody was asked. */
  approval: approvalSchema.optional(),
  /** Deployed past the gates, by a member of the emergency group. */
  emergency: z.object({ reason: z.string() }).optional(),
});
/** {@inheritDoc rolloutSchema} */
export type Rollout = z.infer<typeof rolloutSchema>;

/** A rollout with its steps. */
export const rolloutDetailsSchema = rolloutSchema.extend({
  events: z.array(rolloutEventSchema),
  /** As they were read last. */
  gates: z.array(gateStateSchema),
});
/** {@inheritDoc rolloutDetailsSchema} */
export type RolloutDetails = z.infer<typeof rolloutDetailsSchema>;

/** An image that is to be deployed. */
const wantedImageSchema = imageRepositorySchema.extend({
  tag: tagSchema.optional(),
  /**
   * The digest the person saw. Given together with a tag that has moved
   * since: refused with 409 unless `allowMovedTag`.
   */
  digest: digestSchema.optional(),
});

/** Body of POST `/rollouts`. */
export const createRolloutSchema = z.strictObject({
  entityRef: entityRefSchema,
  target: targetRefSchema,
  image: wantedImageSchema,
  /** Other containers of the same workload, written with it: all or none. */
  others: z
    .array(
      z.strictObject({
        container: z.string().min(1).max(63),
        image: wantedImageSchema,
      }),
    )
    .min(1)
    .max(9)
    .optional(),
  reason: z.string().trim().max(500).optional(),
  /** Deploy the digest given although the tag now means another one. */
  allowMovedTag: z.boolean().optional(),
  /** Consent to manage the image field that others own (once per target). */
  consent: z.boolean().optional(),
  /** Deploy past the gates that a protection sets; told to the owners. */
  emergency: z
    .strictObject({ reason: z.string().trim().min(10).max(500) })
    .optional(),
  /** Answer the diff instead of deploying. */
  dryRun: z.boolean().optional(),
});
/** {@inheritDoc createRolloutSchema} */
export type CreateRollout = z.infer<typeof createRolloutSchema>;

/** Answer to a dry run: what would change, who owns it, what stands against it. */
export const rolloutDiffSchema = z.object({
  target: targetRefSchema,
  image: rolloutImageSchema,
  changes: z.array(
    z.object({
      /** Path of the field in the workload. */
      path: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
      /**
       * `cluster`: nobody asked for it; defaults or admission of the cluster
       * change it too. Absent: asked for.
       */
      cause: z.literal('cluster').optional(),
    }),
  ),
  /** Managers that own the image field and would be overridden. */
  conflicts: z.array(fieldOwnerSchema),
  /** The same in words, each with the field that it holds. */
  fieldConflicts: z
    .array(z.object({ path: z.string(), owner: namedFieldOwnerSchema }))
    .optional(),
  managedBy: workloadManagerSchema.optional(),
  /** GitOps would undo it, and nobody has consented knowing that. */
  undoneBy: reasonSchema.optional(),
  /** What the cluster remarks, in its own words. */
  warnings: z.array(z.string()).optional(),
  /** The cluster would refuse it; `changes` is empty then. */
  refusal: z
    .object({
      message: z.string(),
      /** Where the cluster names fields. */
      fields: z.array(
        z.object({ field: z.string().optional(), message: z.string() }),
      ),
    })
    .optional(),
  /** True when consent for this target is stored already, or not needed. */
  consented: z.boolean(),
  /** The target already runs this digest. */
  unchanged: z.boolean(),
  checks: z.array(
    z.object({
      name: z.enum([
        'exists',
        'tag',
        'platforms',
        'permission',
        'grant',
        'target',
        'pull',
        'manifest',
        'quota',
        'server',
        'protection',
      ]),
      ok: z.boolean(),
      /** Not ok, yet no obstacle. */
      warning: z.boolean().optional(),
      reason: reasonSchema,
      /** Of another container than the target's. */
      container: z.string().optional(),
      /** What the portal offers to do about it. */
      fix: z.literal('pull-secret').optional(),
    }),
  ),
});
/** {@inheritDoc rolloutDiffSchema} */
export type RolloutDiff = z.infer<typeof rolloutDiffSchema>;

/** Query of GET `/rollouts`. */
export const rolloutsQuerySchema = pageQuerySchema.extend({
  entityRef: entityRefSchema.optional(),
  targetKey: z.string().max(1024).optional(),
  state: rolloutStateSchema.optional(),
  environment: z.string().max(63).optional(),
  owner: entityRefSchema.optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});
/** {@inheritDoc rolloutsQuerySchema} */
export type RolloutsQuery = z.infer<typeof rolloutsQuerySchema>;

/** Query of GET `/approvals`. */
export const approvalsQuerySchema = pageQuerySchema.extend({
  /** Only those that the caller may give. */
  mine: z.enum(['true', 'false']).optional(),
});
/** {@inheritDoc approvalsQuerySchema} */
export type ApprovalsQuery = z.infer<typeof approvalsQuerySchema>;

/** What waits for an approval, with what an approver looks at. */
export const pendingApprovalSchema = rolloutSchema.extend({
  approval: approvalSchema,
  /** Whether the caller may give it, and if not, why. */
  approvable: z.object({ ok: z.boolean(), reason: reasonSchema.optional() }),
});
/** {@inheritDoc pendingApprovalSchema} */
export type PendingApproval = z.infer<typeof pendingApprovalSchema>;

/** Answer of GET `/approvals`. */
export const approvalsSchema = pageSchema(pendingApprovalSchema);

/** Answer of GET `/rollouts`. */
export const rolloutsSchema = pageSchema(rolloutSchema);

/** Body of POST `/rollouts/{id}/retry` and `/cancel`. */
export const rolloutActionSchema = z.strictObject({
  reason: z.string().trim().max(500).optional(),
});
/** {@inheritDoc rolloutActionSchema} */
export type RolloutAction = z.infer<typeof rolloutActionSchema>;
