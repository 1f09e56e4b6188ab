import { z } from 'zod';
import { reasonSchema } from '../reason';
import { platformSchema } from './images';
import { timeSchema } from './shared';

/** What the portal does in a Kubernetes namespace. */
export const accessPurposeSchema = z.enum([
  'read',
  'logs',
  'deploy',
  'pull-secrets',
  'create',
  'test-pull',
]);
/** {@inheritDoc accessPurposeSchema} */
export type AccessPurpose = z.infer<typeof accessPurposeSchema>;

/** One verb on one resource that RBAC does not grant. */
export const missingAccessSchema = z.object({
  /** Empty for the core group. */
  group: z.string(),
  /** Plural, subresources as `pods/log`. */
  resource: z.string(),
  verb: z.string(),
});
/** {@inheritDoc missingAccessSchema} */
export type MissingAccess = z.infer<typeof missingAccessSchema>;

/** What the portal's credential may do in one Kubernetes namespace. */
export const accessReviewSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  /** As the cluster calls the credential, when it tells. */
  user: z.string().optional(),
  purposes: z.array(
    z.object({
      purpose: accessPurposeSchema,
      ok: z.boolean(),
      missing: z.array(missingAccessSchema),
    }),
  ),
  /** YAML of a Role and RoleBinding that grant what is missing. */
  role: z.string().optional(),
});
/** {@inheritDoc accessReviewSchema} */
export type AccessReview = z.infer<typeof accessReviewSchema>;

/** Platforms of the nodes that a workload's pods may run on. */
export const nodePlatformsSchema = z.object({
  /** False: the nodes may not be read, and nothing is known. */
  known: z.boolean(),
  /** Each once. */
  platforms: z.array(platformSchema),
  /** Nodes that fit, of all nodes. */
  fitting: z.number().int(),
  total: z.number().int(),
  reason: reasonSchema.optional(),
});
/** {@inheritDoc nodePlatformsSchema} */
export type NodePlatforms = z.infer<typeof nodePlatformsSchema>;

/** One resource of one ResourceQuota; amounts as Kubernetes quantities. */
export const quotaAmountSchema = z.object({
  quota: z.string(),
  /** `requests.cpu`, `limits.memory`, `pods`, `count/deployments.apps`, … */
  resource: z.string(),
  hard: z.string(),
  used: z.string(),
  /** What the change adds. */
  added: z.string().optional(),
  fits: z.boolean(),
});
/** {@inheritDoc quotaAmountSchema} */
export type QuotaAmount = z.infer<typeof quotaAmountSchema>;

/** Whether a change fits the quotas of its Kubernetes namespace. */
export const quotaCheckSchema = z.object({
  /** False: the quotas may not be read. */
  known: z.boolean(),
  fits: z.boolean(),
  amounts: z.array(quotaAmountSchema),
  reason: reasonSchema.optional(),
});
/** {@inheritDoc quotaCheckSchema} */
export type QuotaCheck = z.infer<typeof quotaCheckSchema>;

/** One step of a test pull; the last is `pulled`, `failed` or `gone`. */
export const testPullStepSchema = z.object({
  at: timeSchema,
  phase: z.enum([
    'creating',
    'scheduled',
    'pulling',
    'retrying',
    'pulled',
    'failed',
    'gone',
  ]),
  node: z.string().optional(),
  /** The kubelet's or scheduler's own words. */
  words: z.string().optional(),
  reason: reasonSchema.optional(),
});
/** {@inheritDoc testPullStepSchema} */
export type TestPullStep = z.infer<typeof testPullStepSchema>;
