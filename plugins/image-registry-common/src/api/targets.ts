import { z } from 'zod';
import { reasonSchema } from '../reason';
import { protectionSchema } from './protection';
import { entityRefSchema, timeSchema } from './shared';

/** A container of a workload: what a rollout changes. */
export const targetRefSchema = z.strictObject({
  cluster: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  kind: z.enum([
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'CronJob',
    /** Of Argo Rollouts, where it is installed. */
    'Rollout',
  ]),
  name: z.string().min(1).max(253),
  container: z.string().min(1).max(63),
});
/** {@inheritDoc targetRefSchema} */
export type TargetRef = z.infer<typeof targetRefSchema>;

/** Kinds of workloads the suite deploys to. */
export type WorkloadKind = TargetRef['kind'];

/** Health of what runs. */
export const healthSchema = z.enum([
  'Healthy',
  'Progressing',
  'Degraded',
  'Stopped',
  'Unknown',
]);
/** {@inheritDoc healthSchema} */
export type Health = z.infer<typeof healthSchema>;

/** A hold stops the automation on a target until a person lifts it. */
export const holdSchema = z.object({
  id: z.string(),
  targetKey: z.string(),
  entityRef: z.string(),
  reason: z.string(),
  /** Why the portal itself set it; `reason` says the same in English. */
  because: reasonSchema.optional(),
  /** User entity, or absent when the automation set it. */
  author: z.string().optional(),
  createdAt: timeSchema,
  /** When it ends by itself; absent: when a person lifts it. */
  expiresAt: timeSchema.optional(),
});
/** {@inheritDoc holdSchema} */
export type Hold = z.infer<typeof holdSchema>;

/** Body of POST `/holds`. */
export const createHoldSchema = z.strictObject({
  entityRef: entityRefSchema,
  target: targetRefSchema,
  reason: z.string().trim().min(1).max(500),
  expiresAt: timeSchema.optional(),
});
/** {@inheritDoc createHoldSchema} */
export type CreateHold = z.infer<typeof createHoldSchema>;

/** Query of DELETE `/holds/{id}`. */
export const deleteHoldQuerySchema = z.strictObject({
  /**
   * The component that has the target now, when the one that the hold names is
   * gone or lost the target.
   */
  entityRef: entityRefSchema.optional(),
});

/** Who owns the image field of a workload on the cluster. */
export const fieldOwnerSchema = z.object({
  manager: z.string(),
  operation: z.string().optional(),
  time: timeSchema.optional(),
});
/** {@inheritDoc fieldOwnerSchema} */
export type FieldOwner = z.infer<typeof fieldOwnerSchema>;

/** Who keeps a workload as its own source says, and undoes what others write. */
export const workloadManagerSchema = z.object({
  tool: z.enum(['argo-cd', 'flux', 'helm']),
  /** Of the Argo CD application, the Flux object or the Helm release. */
  name: z.string().optional(),
  /** Kubernetes namespace of that application, object or release. */
  namespace: z.string().optional(),
});

/** A field manager in words. */
export const namedFieldOwnerSchema = fieldOwnerSchema.extend({
  /** As people call it: `Helm`, `Argo CD`, `kubectl apply`; else its own name. */
  title: z.string(),
  /** Present when it is such a tool, which writes its fields again by itself. */
  tool: workloadManagerSchema.shape.tool.optional(),
});

/** What runs in one container of one workload of a component. */
export const targetSchema = z.object({
  key: z.string(),
  ref: targetRefSchema,
  /** True for an init container. */
  init: z.boolean().optional(),
  environment: z.string().optional(),
  /** As the workload's specification says it. */
  image: z.string(),
  /** What really runs, or is asked for when nothing runs. */
  digest: z.string().optional(),
  tag: z.string().optional(),
  registryId: z.string().optional(),
  repository: z.string().optional(),
  replicas: z.number().int(),
  readyReplicas: z.number().int(),
  updatedReplicas: z.number().int(),
  health: healthSchema,
  reason: z.string().optional(),
  /** The same, for translation; absent where it is the cluster's own. */
  because: reasonSchema.optional(),
  /** When the running image was put there, if the history knows. */
  deployedAt: timeSchema.optional(),
  hold: holdSchema.optional(),
  consent: z.object({ author: z.string(), at: timeSchema }).optional(),
  /** Another manager took the field again after the consent. */
  contested: fieldOwnerSchema.optional(),
  /** The image is managed by one of these, not by the portal. */
  owners: z.array(fieldOwnerSchema),
  managedBy: workloadManagerSchema.optional(),
  /**
   * Why auto deploy is refused here: GitOps would undo it, and nobody has
   * consented knowing that.
   */
  undoneBy: reasonSchema.optional(),
  /** Whether the portal may write it at all, and if not, why. */
  writable: z.object({ ok: z.boolean(), reason: reasonSchema.optional() }),
  /** The portal made its workload from an image, for this component. */
  madeFromImage: z.boolean().optional(),
  /** Digest the portal last set out to run here. */
  desiredDigest: z.string().optional(),
  /** The rollout that is queued or under way. */
  activeRolloutId: z.string().optional(),
  policyId: z.string().optional(),
});
/** {@inheritDoc targetSchema} */
export type Target = z.infer<typeof targetSchema>;

/** A cluster and whether it answers. */
export const clusterSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  reachable: z.boolean(),
  message: z.string().optional(),
  /** The same, for translation. */
  because: reasonSchema.optional(),
  since: timeSchema.optional(),
  /** Cannot be deployed to by background work. */
  viewOnly: z.boolean().optional(),
});
/** {@inheritDoc clusterSchema} */
export type Cluster = z.infer<typeof clusterSchema>;

/** Where a component runs, as far as is known, on a cluster that is down. */
export const lostPlaceSchema = z.object({
  cluster: z.string(),
  /** Absent where only the cluster is known. */
  namespace: z.string().optional(),
  /** Name of the environment that the place belongs to. */
  environment: z.string().optional(),
});
/** {@inheritDoc lostPlaceSchema} */
export type LostPlace = z.infer<typeof lostPlaceSchema>;

/** Answer of GET `/targets`: a cluster that is down is data, not an error. */
export const targetsSchema = z.object({
  items: z.array(targetSchema),
  clusters: z.array(clusterSchema),
  /**
   * What the portal remembers of clusters that do not answer. Of those that are
   * not named here it is not known whether the component runs there.
   */
  lostPlaces: z.array(lostPlaceSchema),
  /** What was searched for, in words, for the empty state. */
  searched: z.string().optional(),
});
/** {@inheritDoc targetsSchema} */
export type Targets = z.infer<typeof targetsSchema>;

/** One pod of a target. */
export const podSchema = z.object({
  name: z.string(),
  phase: z.string(),
  ready: z.boolean(),
  restarts: z.number().int(),
  image: z.string().optional(),
  digest: z.string().optional(),
  /** True when it belongs to the newest revision. */
  current: z.boolean().optional(),
  /** Why it does not run, in the kubelet's or scheduler's words. */
  reason: z.string().optional(),
  message: z.string().optional(),
  /** The message, for translation; absent where it is the cluster's own. */
  because: reasonSchema.optional(),
  startedAt: timeSchema.optional(),
});
/** {@inheritDoc podSchema} */
export type Pod = z.infer<typeof podSchema>;

/** Clusters and Kubernetes namespaces that make up an environment. */
export const placeSchema = z.strictObject({
  cluster: z.string().min(1).max(253),
  /** Names, or patterns with `*`. */
  namespaces: z
    .array(
      z
        .string()
        .min(1)
        .max(63)
        .regex(/^[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$/, {
          message: 'must be a Kubernetes namespace or a pattern with *',
        }),
    )
    .min(1)
    .max(100),
});
/** {@inheritDoc placeSchema} */
export type Place = z.infer<typeof placeSchema>;

/** An environment: a name, an order and places. */
export const environmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  order: z.number().int(),
  places: z.array(placeSchema),
  defaultRegistryId: z.string().optional(),
  /** Owners and systems whose components may be written here by selector. */
  owners: z.array(z.string()),
  systems: z.array(z.string()),
  /**
   * The registry's login is kept as a pull secret in all namespaces of the
   * environment, also in those that come later.
   */
  keepPullSecrets: z.boolean().optional(),
  protection: protectionSchema,
  version: z.number().int(),
});
/** {@inheritDoc environmentSchema} */
export type Environment = z.infer<typeof environmentSchema>;

/** Body of POST `/environments`. */
export const createEnvironmentSchema = z.strictObject({
  name: z.string().trim().min(1).max(63),
  order: z.number().int().min(0).max(1000).optional(),
  places: z.array(placeSchema).min(1).max(50),
  defaultRegistryId: z.string().max(64).optional(),
  owners: z.array(entityRefSchema).max(100).optional(),
  systems: z.array(entityRefSchema).max(100).optional(),
  /** Changing it is the permission to manage pull secrets. */
  keepPullSecrets: z.boolean().optional(),
  /** Changing it is a permission of its own. */
  protection: protectionSchema.optional(),
});
/** {@inheritDoc createEnvironmentSchema} */
export type CreateEnvironment = z.infer<typeof createEnvironmentSchema>;

/** Body of PATCH `/environments/{id}`. */
export const updateEnvironmentSchema = createEnvironmentSchema
  .partial()
  .extend({
    version: z.number().int(),
    /** `null` goes back to the portal's default registry. */
    defaultRegistryId: z.string().max(64).nullable().optional(),
  });
/** {@inheritDoc updateEnvironmentSchema} */
export type UpdateEnvironment = z.infer<typeof updateEnvironmentSchema>;

/** Body of POST `/targets/{key}/consent`. */
export const consentSchema = z.strictObject({ entityRef: entityRefSchema });

/**
 * The key of a target: stable, unique, safe in a URL when encoded once.
 * Parts are percent-encoded and joined by `/`.
 */
export function targetKey(ref: TargetRef): string {
  return [ref.cluster, ref.namespace, ref.kind, ref.name, ref.container]
    .map(encodeURIComponent)
    .join('/');
}

/**
 * The target that a key names.
 * @returns undefined when the text is not such a key
 */
export function parseTargetKey(key: string): TargetRef | undefined {
  const parts = key.split('/');
  if (parts.length !== 5) {
    return undefined;
  }
  let decoded: string[];
  try {
    decoded = parts.map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const [cluster, namespace, kind, name, container] = decoded;
  const parsed = targetRefSchema.safeParse({
    cluster,
    namespace,
    kind,
    name,
    container,
  });
  return parsed.success ? parsed.data : undefined;
}
