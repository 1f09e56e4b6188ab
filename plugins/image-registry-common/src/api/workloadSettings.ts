import { z } from 'zod';
import { reasonSchema } from '../reason';
import { entityRefSchema } from './shared';
import {
  fieldProblemSchema,
  resourceAmountsSchema,
  workloadEnvSchema,
  workloadIngressSchema,
  workloadPortSchema,
  workloadProbeSchema,
  workloadVolumeSchema,
} from './workloads';

/** An environment variable of a workload that runs. */
export const settingsEnvSchema = workloadEnvSchema.extend({
  /** As the cluster has it: its value is not told, and stays. */
  kept: z.boolean().optional(),
});
/** {@inheritDoc settingsEnvSchema} */
export type SettingsEnv = z.infer<typeof settingsEnvSchema>;

/** What can be changed about a component that was made from an image. */
export const workloadSettingsSchema = z.strictObject({
  replicas: z.number().int().min(0).max(1000),
  requests: resourceAmountsSchema.optional(),
  limits: resourceAmountsSchema.optional(),
  /** Of the container and of its Service. */
  ports: z.array(workloadPortSchema).max(50),
  env: z.array(settingsEnvSchema).max(500),
  readiness: workloadProbeSchema.optional(),
  liveness: workloadProbeSchema.optional(),
  startup: workloadProbeSchema.optional(),
  /** Of the container, in place of the image's own. */
  command: z.array(z.string().max(4096)).max(50).optional(),
  arguments: z.array(z.string().max(4096)).max(200).optional(),
  /** By claim; a claim that a volume is taken from stays. */
  volumes: z.array(workloadVolumeSchema).max(50),
  /** A Service of type ClusterIP for all ports. */
  service: z.boolean(),
  ingress: workloadIngressSchema.optional(),
});
/** {@inheritDoc workloadSettingsSchema} */
export type WorkloadSettings = z.infer<typeof workloadSettingsSchema>;

/** Answer of GET `/targets/{key}/settings`. */
export const workloadSettingsViewSchema = z.object({
  /** To be sent back: a workload that was changed meanwhile is not written. */
  version: z.string(),
  settings: workloadSettingsSchema,
  /**
   * An Ingress made with it that says more by now than `settings.ingress` can:
   * it stays as it is.
   */
  otherIngress: z
    .object({
      /** The port that it sends to. */
      port: z.number().int().optional(),
    })
    .optional(),
  /** Why it is not changed here. */
  obstacle: reasonSchema.optional(),
});
/** {@inheritDoc workloadSettingsViewSchema} */
export type WorkloadSettingsView = z.infer<typeof workloadSettingsViewSchema>;

/** Body of PATCH `/targets/{key}/settings`. */
export const changeWorkloadSettingsSchema = z.strictObject({
  entityRef: entityRefSchema,
  /** As the settings were read. */
  version: z.string().min(1).max(100),
  settings: workloadSettingsSchema,
  /** The server's dry run: the changes, nothing is written. */
  dryRun: z.boolean().optional(),
});
/** {@inheritDoc changeWorkloadSettingsSchema} */
export type ChangeWorkloadSettings = z.infer<
  typeof changeWorkloadSettingsSchema
>;

/** One field that is, or would be, another one. */
export const changedSettingSchema = z.object({
  kind: z.string(),
  /** As `spec.template.spec.containers[name=web].ports[name=http]`. */
  path: z.string(),
  /** Absent where there was none; values of variables are not told. */
  from: z.string().optional(),
  /** Absent where there is none any more. */
  to: z.string().optional(),
});
/** {@inheritDoc changedSettingSchema} */
export type ChangedSetting = z.infer<typeof changedSettingSchema>;

/** Answer of PATCH `/targets/{key}/settings`. */
export const changedSettingsSchema = z.object({
  /**
   * `planned`: a dry run without complaint. `refused`: nothing was written.
   * `partial`: some objects were written, others were not.
   */
  outcome: z.enum(['planned', 'changed', 'unchanged', 'refused', 'partial']),
  changes: z.array(changedSettingSchema),
  /** What stands against it, each at its field of the form. */
  problems: z.array(fieldProblemSchema),
  /** The API server's warnings, in its words. */
  warnings: z.array(z.string()),
});
/** {@inheritDoc changedSettingsSchema} */
export type ChangedSettings = z.infer<typeof changedSettingsSchema>;
