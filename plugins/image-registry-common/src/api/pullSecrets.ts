import { z } from 'zod';
import { reasonSchema } from '../reason';
import { timeSchema } from './shared';
import { targetRefSchema } from './targets';

/** A workload, whichever of its containers is meant. */
export const workloadRefSchema = targetRefSchema.pick({
  cluster: true,
  namespace: true,
  kind: true,
  name: true,
});
/** {@inheritDoc workloadRefSchema} */
export type WorkloadRef = z.infer<typeof workloadRefSchema>;

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

/** A pull secret of the portal, without what is in it. */
export const pullSecretSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  registryId: z.string(),
  host: z.string(),
  expiresAt: timeSchema.optional(),
  /** When the portal wrote it last. */
  writtenAt: timeSchema.optional(),
});
/** {@inheritDoc pullSecretSchema} */
export type PullSecret = z.infer<typeof pullSecretSchema>;
