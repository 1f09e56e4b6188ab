import { z } from 'zod';
import { validateWorkloadPlan } from '../kubernetes/validateWorkloadPlan';
import { reasonSchema } from '../reason';
import { quotaCheckSchema } from './access';
import { imageRepositorySchema } from './images';
import { pullAccessSchema } from './pullSecrets';
import { digestSchema, entityRefSchema, tagSchema, timeSchema } from './shared';

const portSchema = z.number().int();
const quantitySchema = z.string().trim().min(1).max(64);
const objectNameSchema = z.string().trim().min(1).max(253);

/** Amounts of one container, as Kubernetes quantities: `250m`, `128Mi`. */
export const resourceAmountsSchema = z.strictObject({
  cpu: quantitySchema.optional(),
  memory: quantitySchema.optional(),
});
/** {@inheritDoc resourceAmountsSchema} */
export type ResourceAmounts = z.infer<typeof resourceAmountsSchema>;

/** A port that the container listens on. */
export const workloadPortSchema = z.strictObject({
  name: z.string().max(63).optional(),
  port: portSchema,
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
});
/** {@inheritDoc workloadPortSchema} */
export type WorkloadPort = z.infer<typeof workloadPortSchema>;

/** An environment variable: a value, or a key of a secret that exists. */
export const workloadEnvSchema = z.strictObject({
  name: z.string().max(1024),
  value: z.string().max(32768).optional(),
  secret: z
    .strictObject({ name: objectNameSchema, key: z.string().min(1).max(253) })
    .optional(),
});
/** {@inheritDoc workloadEnvSchema} */
export type WorkloadEnv = z.infer<typeof workloadEnvSchema>;

/** How the kubelet finds out whether the container is well. */
export const workloadProbeSchema = z.strictObject({
  check: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('http'),
      path: z.string().max(2048),
      port: portSchema,
    }),
    z.strictObject({ type: z.literal('tcp'), port: portSchema }),
    z.strictObject({
      type: z.literal('command'),
      command: z.array(z.string().max(4096)).min(1).max(50),
    }),
  ]),
  /** Seconds. */
  initialDelay: z.number().int().min(0).max(3600).optional(),
  /** Seconds. */
  period: z.number().int().min(1).max(3600).optional(),
  /** Seconds. */
  timeout: z.number().int().min(1).max(3600).optional(),
  failureThreshold: z.number().int().min(1).max(1000).optional(),
});
/** {@inheritDoc workloadProbeSchema} */
export type WorkloadProbe = z.infer<typeof workloadProbeSchema>;

/** A volume by a claim: one that exists, or one that is made with it. */
export const workloadVolumeSchema = z.strictObject({
  name: z.string().max(63),
  mountPath: z.string().max(1024),
  readOnly: z.boolean().optional(),
  /** Name of the claim; with `create` it must not exist yet. */
  claim: objectNameSchema,
  create: z
    .strictObject({
      size: quantitySchema,
      storageClass: objectNameSchema.optional(),
      accessMode: z
        .enum(['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany'])
        .optional(),
    })
    .optional(),
});
/** {@inheritDoc workloadVolumeSchema} */
export type WorkloadVolume = z.infer<typeof workloadVolumeSchema>;

/** How a Service is reached from outside of the cluster. */
export const workloadIngressSchema = z.strictObject({
  host: z.string().max(253).optional(),
  path: z.string().max(2048),
  /** One of `ports`. */
  port: portSchema,
  className: objectNameSchema.optional(),
  /** Secret with the certificate for `host`. */
  tlsSecret: objectNameSchema.optional(),
});
/** {@inheritDoc workloadIngressSchema} */
export type WorkloadIngress = z.infer<typeof workloadIngressSchema>;

/** Cluster and Kubernetes namespace that something is made in. */
export const workloadPlaceSchema = z.strictObject({
  cluster: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
});
/** {@inheritDoc workloadPlaceSchema} */
export type WorkloadPlace = z.infer<typeof workloadPlaceSchema>;

/** What the form *Create a component from an image* holds. */
const workloadPlanSchema = z.strictObject({
  /** Of the component and of every object that is made. */
  name: z.string(),
  description: z.string().trim().max(1000).optional(),
  /** Group or user of the catalog. */
  owner: entityRefSchema,
  system: entityRefSchema.optional(),
  /**
   * A component that the catalog has already and that has no workload; its own
   * owner and system count. Absent: the component is made too.
   */
  component: entityRefSchema.optional(),
  /** `service` when absent. */
  type: z.string().trim().min(1).max(63).optional(),
  /** `production` when absent. */
  lifecycle: z.string().trim().min(1).max(63).optional(),
  place: workloadPlaceSchema,
  image: imageRepositorySchema.extend({
    tag: tagSchema.optional(),
    digest: digestSchema.optional(),
  }),
  replicas: z.number().int().min(0).max(1000),
  requests: resourceAmountsSchema.optional(),
  limits: resourceAmountsSchema.optional(),
  command: z.array(z.string().max(4096)).max(50).optional(),
  arguments: z.array(z.string().max(4096)).max(200).optional(),
  ports: z.array(workloadPortSchema).max(50),
  env: z.array(workloadEnvSchema).max(500),
  readiness: workloadProbeSchema.optional(),
  liveness: workloadProbeSchema.optional(),
  startup: workloadProbeSchema.optional(),
  volumes: z.array(workloadVolumeSchema).max(50),
  /** A Service of type ClusterIP for all ports. */
  service: z.boolean(),
  ingress: workloadIngressSchema.optional(),
  /** The `restricted` pod security profile: no root, no capabilities. */
  restricted: z.boolean().optional(),
  /** Numeric user that the container runs as; the image's when absent. */
  runAsUser: z.number().int().min(0).max(2147483647).optional(),
  /** Nodes of this architecture only, as the label `kubernetes.io/arch`. */
  architecture: z.string().trim().min(1).max(63).optional(),
  serviceAccount: objectNameSchema.optional(),
  pullSecrets: z.array(objectNameSchema).max(20).optional(),
});
/** What the form *Create a component from an image* holds. */
export type WorkloadPlan = z.infer<typeof workloadPlanSchema>;

/** Body of POST `/workloads`. */
export const createWorkloadSchema = workloadPlanSchema
  .extend({
    /** The server's dry run: the manifests, nothing is made. */
    dryRun: z.boolean().optional(),
    /** Id of a creation that stopped half-way: what exists of it stays. */
    resume: z.string().min(1).max(36).optional(),
  })
  .superRefine((plan, context) => {
    for (const { path, reason } of validateWorkloadPlan(plan)) {
      context.addIssue({
        code: 'custom',
        path: path
          .split('.')
          .map(step => (/^\d+$/.test(step) ? Number(step) : step)),
        message: reason.message,
      });
    }
  });
/** {@inheritDoc createWorkloadSchema} */
export type CreateWorkload = z.infer<typeof createWorkloadSchema>;

/** What is wrong with one field of the form. */
export const fieldProblemSchema = z.object({
  /** Steps joined by dots, `env.0.name`; empty: the form as a whole. */
  path: z.string(),
  reason: reasonSchema,
});
/** {@inheritDoc fieldProblemSchema} */
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

/** One object that is, or would be, made. */
export const createdObjectSchema = z.object({
  kind: z.string(),
  name: z.string(),
  namespace: z.string(),
  /** `planned`: not tried. `made`: it exists now. */
  state: z.enum(['planned', 'made', 'refused']),
  /** YAML as it is sent. */
  manifest: z.string(),
  /** The API server's warnings, in its words. */
  warnings: z.array(z.string()),
  /** Why it was refused. */
  reason: reasonSchema.optional(),
});
/** {@inheritDoc createdObjectSchema} */
export type CreatedObject = z.infer<typeof createdObjectSchema>;

/** Answer of POST `/workloads`. */
export const createdWorkloadSchema = z.object({
  /** Of the creation, to be resumed when it is `partial`. */
  id: z.string().optional(),
  /** `refused`: nothing was made; `partial`: see `objects`. */
  outcome: z.enum(['planned', 'created', 'refused', 'partial']),
  entityRef: z.string(),
  objects: z.array(createdObjectSchema),
  /** What stands against it, each at its field of the form. */
  problems: z.array(fieldProblemSchema),
  /** `catalog-info.yaml` for the component's own repository. */
  catalogInfo: z.string(),
  /** As written into the workload, by digest. */
  image: z.string(),
  /** Of a rehearsal: whether the namespace has room. */
  quota: quotaCheckSchema.optional(),
  /**
   * Of a rehearsal: whether the pods could sign in to the registry. Absent
   * where it asks for no login, or the plan names pull secrets itself.
   */
  pull: pullAccessSchema.optional(),
});
/** {@inheritDoc createdWorkloadSchema} */
export type CreatedWorkload = z.infer<typeof createdWorkloadSchema>;

/** Answer of GET `/workloads/{id}`: what is known of a creation. */
export const workloadCreationSchema = z.object({
  id: z.string(),
  /** `creating` is at work, or was when a process was killed. */
  state: z.enum(['creating', 'created', 'partial']),
  entityRef: z.string(),
  /** As the catalog takes it, or has it. */
  entity: z.record(z.string(), z.unknown()),
  /** The catalog had the component before. */
  existed: z.boolean(),
  /** By digest. */
  image: z.string(),
  objects: z.array(
    createdObjectSchema.pick({
      kind: true,
      name: true,
      namespace: true,
      state: true,
      reason: true,
    }),
  ),
});
/** {@inheritDoc workloadCreationSchema} */
export type WorkloadCreationRecord = z.infer<typeof workloadCreationSchema>;

/** A component that the portal made and the catalog holds for it. */
export const createdComponentSchema = z.object({
  entityRef: z.string(),
  /** As the catalog takes it. */
  entity: z.record(z.string(), z.unknown()),
  /** Who made it. */
  author: z.string(),
  createdAt: timeSchema,
});
/** {@inheritDoc createdComponentSchema} */
export type CreatedComponent = z.infer<typeof createdComponentSchema>;
