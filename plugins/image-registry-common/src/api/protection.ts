import { z } from 'zod';
import { reasonSchema } from '../reason';
import { severities } from './images';
import { entityRefSchema, timeSchema } from './shared';

/** Days of a week as ISO 8601 counts them, Monday first. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
/** {@inheritDoc weekdays} */
export type Weekday = (typeof weekdays)[number];

const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  message: 'must be a time of day such as 16:00',
});

/** A moment of every week on the wall clock of its window's time zone. */
export const weekMomentSchema = z.strictObject({
  day: z.enum(weekdays),
  time: clockTimeSchema,
});
/** {@inheritDoc weekMomentSchema} */
export type WeekMoment = z.infer<typeof weekMomentSchema>;

/**
 * A part of every week, from one moment up to another, which may lie in the
 * week after. `deny` beats `allow`; where there is an `allow`, deploys need
 * one that is open.
 */
export const deployWindowSchema = z.strictObject({
  effect: z.enum(['allow', 'deny']),
  from: weekMomentSchema,
  to: weekMomentSchema,
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: z.string().min(1).max(64),
});
/** {@inheritDoc deployWindowSchema} */
export type DeployWindow = z.infer<typeof deployWindowSchema>;

/** What an image has to bring along. A policy's and a place's are added up. */
export const imageGatesSchema = z.strictObject({
  /** Milliseconds since the push, at least. */
  minimumAgeMs: z
    .number()
    .int()
    .min(0)
    .max(90 * 24 * 60 * 60 * 1000)
    .optional(),
  /** A finished scan, and no finding worse than this. */
  scan: z.strictObject({ worst: z.enum(['none', ...severities]) }).optional(),
  /** A signature that its registry knows of; the kind, or any. */
  signature: z
    .strictObject({ kind: z.enum(['any', 'cosign', 'notation']) })
    .optional(),
});
/** {@inheritDoc imageGatesSchema} */
export type ImageGates = z.infer<typeof imageGatesSchema>;

/** How many must agree, who they are, and until when. */
export const approvalRuleSchema = z.strictObject({
  count: z.number().int().min(1).max(10),
  /** Group whose members approve; default the component's owners. */
  group: entityRefSchema.optional(),
  /** Milliseconds after which what nobody approved is rejected; default 24 h. */
  deadlineMs: z
    .number()
    .int()
    .min(60_000)
    .max(30 * 24 * 60 * 60 * 1000)
    .optional(),
});
/** {@inheritDoc approvalRuleSchema} */
export type ApprovalRule = z.infer<typeof approvalRuleSchema>;

/** When a rollout counts as healthy, and what follows when it is not. */
export const healthRuleSchema = z.strictObject({
  /** Milliseconds that it has to stay healthy after it is complete. */
  soakMs: z
    .number()
    .int()
    .min(0)
    .max(24 * 60 * 60 * 1000)
    .optional(),
  /** Restarts of the new pods that are tolerated until the soak has ended. */
  restartBudget: z.number().int().min(0).max(1000).optional(),
  /** Milliseconds until a rollout that is not complete has failed. */
  deadlineMs: z
    .number()
    .int()
    .min(10_000)
    .max(24 * 60 * 60 * 1000)
    .optional(),
  /** Return to the last good digest on failure. */
  rollBack: z.boolean().optional(),
});
/** {@inheritDoc healthRuleSchema} */
export type HealthRule = z.infer<typeof healthRuleSchema>;

/**
 * What an environment asks of every deploy, by people and by automation. A
 * policy may ask for more, never for less.
 */
export const protectionSchema = z.strictObject({
  approvals: approvalRuleSchema.optional(),
  windows: z.array(deployWindowSchema).max(50).optional(),
  gates: imageGatesSchema.optional(),
  health: healthRuleSchema.optional(),
  /** Group whose members may deploy past the gates, with a reason. */
  emergencyGroup: entityRefSchema.optional(),
});
/** {@inheritDoc protectionSchema} */
export type Protection = z.infer<typeof protectionSchema>;

/** A stop of all deploys, of the whole portal or of one component. */
export const freezeSchema = z.object({
  id: z.string(),
  /** Absent: everything. */
  entityRef: z.string().optional(),
  reason: z.string(),
  author: z.string(),
  createdAt: timeSchema,
  endsAt: timeSchema.optional(),
});
/** {@inheritDoc freezeSchema} */
export type Freeze = z.infer<typeof freezeSchema>;

/** Query of GET and DELETE `/freeze`: of a component, or else of everything. */
export const freezeQuerySchema = z.strictObject({
  entityRef: entityRefSchema.optional(),
});

/** Answer of GET `/freeze`: those in force, the portal's first. */
export const freezesSchema = z.object({ items: z.array(freezeSchema) });

/** Body of PUT `/freeze`. */
export const putFreezeSchema = z.strictObject({
  entityRef: entityRefSchema.optional(),
  reason: z.string().trim().min(1).max(500),
  endsAt: timeSchema.optional(),
});
/** {@inheritDoc putFreezeSchema} */
export type PutFreeze = z.infer<typeof putFreezeSchema>;

/** Names of what a rollout has to pass. */
export const gateNames = [
  'order',
  'hold',
  'blocked-digest',
  'freeze',
  'window',
  'approval',
  'age',
  'scan',
  'signature',
  'stopped',
] as const;
/** {@inheritDoc gateNames} */
export type GateName = (typeof gateNames)[number];

/** Where a rollout stands with one gate. */
export const gateStateSchema = z.object({
  name: z.enum(gateNames),
  /** `skipped`: by an emergency deploy, or a return to what was healthy. */
  state: z.enum(['passed', 'waiting', 'refused', 'skipped']),
  reason: reasonSchema.optional(),
  checkedAt: timeSchema,
});
/** {@inheritDoc gateStateSchema} */
export type GateState = z.infer<typeof gateStateSchema>;

/** Who was asked to approve a rollout, and what they said. */
export const approvalSchema = z.object({
  required: z.number().int(),
  /** Groups and users whose members may approve. */
  approvers: z.array(z.string()),
  /** Who may not: the requester, or the policy's last editor. */
  notBy: z.string(),
  /** What was asked about; another digest needs another approval. */
  digest: z.string(),
  deadlineAt: timeSchema,
  given: z.array(
    z.object({ by: z.string(), at: timeSchema, note: z.string().optional() }),
  ),
  rejected: z
    .object({ by: z.string(), at: timeSchema, reason: z.string().optional() })
    .optional(),
});
/** {@inheritDoc approvalSchema} */
export type Approval = z.infer<typeof approvalSchema>;

/** Body of POST `/rollouts/{id}/approve`. */
export const approveRolloutSchema = z.strictObject({
  /** What the approver saw: refused with 409 when it is another one. */
  digest: z.string().max(140),
  note: z.string().trim().max(500).optional(),
});
/** {@inheritDoc approveRolloutSchema} */
export type ApproveRollout = z.infer<typeof approveRolloutSchema>;

/** Body of POST `/rollouts/{id}/reject`. */
export const rejectRolloutSchema = z.strictObject({
  reason: z.string().trim().min(1).max(500),
});
/** {@inheritDoc rejectRolloutSchema} */
export type RejectRollout = z.infer<typeof rejectRolloutSchema>;
