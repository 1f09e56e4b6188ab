import { z } from 'zod';
import { reasonSchema } from '../reason';
import { testPullStepSchema } from './access';
import { imageRepositorySchema } from './images';
import { digestSchema, entityRefSchema, tagSchema, timeSchema } from './shared';
import type { TargetRef } from './targets';

/** A workload, whichever of its containers is meant. */
export type WorkloadRef = Omit<TargetRef, 'container'>;

/** What one secret that a pod names is worth for a registry. */
export const pullSecretStateSchema = z.object({
  name: z.string(),
  /** Where it is named. */
  namedBy: z.enum(['pod-template', 'service-account']),
  /**
   * `fits`: it has a login for the registry's host. `missing`: named, but not
   * there. `malformed`: no such login can be read from it.
   */
  state: z.enum(['fits', 'other-host', 'expired', 'missing', 'malformed']),
  /** Hosts, or hosts with paths, that it has logins for. */
  hosts: z.array(z.string()),
  /** Made by the portal. */
  ours: z.boolean(),
  expiresAt: timeSchema.optional(),
});
/** {@inheritDoc pullSecretStateSchema} */
export type PullSecretState = z.infer<typeof pullSecretStateSchema>;

/** Whether pods of a place have a login for a registry. */
export const pullAccessSchema = z.object({
  /** False: secrets or service accounts may not be read. */
  known: z.boolean(),
  /** True when one secret fits. An anonymous registry needs none. */
  ok: z.boolean(),
  host: z.string(),
  serviceAccount: z.string(),
  secrets: z.array(pullSecretStateSchema),
  reason: reasonSchema,
});
/** {@inheritDoc pullAccessSchema} */
export type PullAccess = z.infer<typeof pullAccessSchema>;

/** A pull secret of the portal in a cluster, without what is in it. */
export interface PullSecret {
  cluster: string;
  namespace: string;
  name: string;
  registryId: string;
  host: string;
  /** ISO 8601. */
  expiresAt?: string;
  /** When the portal wrote it last, ISO 8601. */
  writtenAt?: string;
}

/** Query of the routes about one place. */
export const placeQuerySchema = z.strictObject({
  cluster: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
});
/** {@inheritDoc placeQuerySchema} */
export type PlaceQuery = z.infer<typeof placeQuerySchema>;

/** Body of POST `/pull-secrets`: a login that is to be kept in a place. */
export const keepPullSecretSchema = placeQuerySchema.extend({
  registryId: z.string().min(1).max(64),
  /** New pods of this service account pull with it. */
  serviceAccount: z.string().min(1).max(253).optional(),
});
/** {@inheritDoc keepPullSecretSchema} */
export type KeepPullSecret = z.infer<typeof keepPullSecretSchema>;

/** Query of DELETE `/pull-secrets`. */
export const removePullSecretQuerySchema = placeQuerySchema.extend({
  registryId: z.string().min(1).max(64),
});

/** A pull secret that the portal keeps, and how it stands. */
export const keptPullSecretSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  registryId: z.string(),
  serviceAccount: z.string().optional(),
  /** Name of the secret; absent until it was written once. */
  name: z.string().optional(),
  host: z.string().optional(),
  state: z.enum(['fresh', 'pending', 'failed']),
  /** Why it could not be brought up to date. */
  message: z.string().optional(),
  expiresAt: timeSchema.optional(),
  writtenAt: timeSchema.optional(),
  author: z.string(),
});
/** {@inheritDoc keptPullSecretSchema} */
export type KeptPullSecret = z.infer<typeof keptPullSecretSchema>;

/** Answer of GET `/targets/{key}/pull-access`. */
export const targetPullAccessSchema = z.object({
  /** Absent where no image was deployed from a connected registry. */
  registryId: z.string().optional(),
  /** The registry lets anybody pull, as far as its settings tell. */
  anonymous: z.boolean(),
  access: pullAccessSchema,
});
/** {@inheritDoc targetPullAccessSchema} */
export type TargetPullAccess = z.infer<typeof targetPullAccessSchema>;

/** Body of POST `/targets/{key}/pull-secret`. */
export const attachPullSecretSchema = z.strictObject({
  entityRef: entityRefSchema,
  /** To the workload, whose pods are replaced, or to its service account. */
  attach: z.enum(['workload', 'service-account']),
  /** What is to be pulled; absent: what runs. */
  image: imageRepositorySchema.optional(),
});
/** {@inheritDoc attachPullSecretSchema} */
export type AttachPullSecret = z.infer<typeof attachPullSecretSchema>;

/** Body of POST `/targets/{key}/test-pull`. */
export const testPullSchema = z.strictObject({
  entityRef: entityRefSchema,
  /** The target's own image when absent. */
  image: imageRepositorySchema
    .extend({ tag: tagSchema.optional(), digest: digestSchema.optional() })
    .optional(),
});
/** {@inheritDoc testPullSchema} */
export type TestPull = z.infer<typeof testPullSchema>;

/**
 * A test pull under way or over: answer of POST `/targets/{key}/test-pull` and
 * of GET `/test-pulls/{id}`.
 */
export const testPullProgressSchema = z.object({
  id: z.string(),
  entityRef: z.string(),
  /** As the pod names it. */
  image: z.string(),
  /**
   * `ended`: the last step says how, or `failure`. `lost`: whoever waited for
   * the pod was killed; the pod is deleted at its own deadline.
   */
  state: z.enum(['running', 'ended', 'cancelled', 'lost']),
  startedAt: timeSchema,
  /** It is given up then. */
  deadlineAt: timeSchema,
  endedAt: timeSchema.optional(),
  /** What the scheduler and the kubelet said so far, in order. */
  steps: z.array(testPullStepSchema),
  /** Why the cluster could not be asked to the end. */
  failure: reasonSchema.optional(),
});
/** {@inheritDoc testPullProgressSchema} */
export type TestPullProgress = z.infer<typeof testPullProgressSchema>;
