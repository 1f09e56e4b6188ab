import { z } from 'zod';
import { entityRefSchema } from './shared';

/** What people do to a workload beside changing its image. */
export const workloadActions = ['restart', 'stop', 'start'] as const;
/** {@inheritDoc workloadActions} */
export type WorkloadAction = (typeof workloadActions)[number];

/** Body of POST `/targets/{key}/restart`, `/stop` and `/start`. */
export const operateTargetSchema = z.strictObject({
  entityRef: entityRefSchema,
});

/** Answer to them. */
export const operatedTargetSchema = z.object({
  /** Replicas asked for from now on; absent where a kind has none. */
  replicas: z.number().int().optional(),
});
/** {@inheritDoc operatedTargetSchema} */
export type OperatedTarget = z.infer<typeof operatedTargetSchema>;

/** Answer of GET `/targets/{key}/manifest`. */
export const targetManifestSchema = z.object({
  /** YAML as the cluster has it, without values of environment variables. */
  manifest: z.string(),
});
