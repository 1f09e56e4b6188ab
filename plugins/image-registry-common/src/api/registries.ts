import { z } from 'zod';
import { reasonSchema } from '../reason';
import {
  entityRefSchema,
  pageQuerySchema,
  pageSchema,
  timeSchema,
} from './shared';

const selectorSchema = z.array(z.string().min(1).max(512)).min(1).max(200);

/** Who may use which repositories. `*` and `**` as in globs of paths. */
export const grantSchema = z.strictObject({
  to: z.union([
    z.literal('all'),
    z
      .strictObject({
        owners: selectorSchema.optional(),
        systems: selectorSchema.optional(),
        domains: selectorSchema.optional(),
        catalogNamespaces: selectorSchema.optional(),
      })
      .refine(to => Object.values(to).some(Boolean), {
        message:
          'names nobody: give owners, systems, domains or catalogNamespaces',
      }),
  ]),
  repositories: z.array(z.string().min(1).max(255)).min(1).max(200).optional(),
});
/** {@inheritDoc grantSchema} */
export type Grant = z.infer<typeof grantSchema>;

/** TLS settings of one registry; never global. */
export const tlsSchema = z.strictObject({
  /** False: any certificate is accepted, with a visible warning. */
  verify: z.boolean(),
  /** PEM of the authority that signed the registry's certificate. */
  caCertificate: z.string().max(65536).optional(),
});
/** {@inheritDoc tlsSchema} */
export type TlsSettings = z.infer<typeof tlsSchema>;

/** One step of a connection check. */
export const checkStepSchema = z.object({
  name: z.enum(['address', 'tls', 'ping', 'authenticate', 'list', 'pull']),
  ok: z.boolean(),
  /** True when an earlier failure, or the registry's kind, made it pointless. */
  skipped: z.boolean().optional(),
  message: z.string().optional(),
  /** The same as the message, for translation; only of what went well. */
  reason: reasonSchema.optional(),
  /** What to do about it. */
  hint: z.string().optional(),
  /** The same as the hint, for translation. */
  remedy: reasonSchema.optional(),
  /** Stable code of the failure, translated by the frontends. */
  code: z.string().optional(),
  durationMs: z.number(),
});
/** {@inheritDoc checkStepSchema} */
export type CheckStep = z.infer<typeof checkStepSchema>;

/** State of the connection as the last check saw it. */
export const registryStatusSchema = z.object({
  state: z.enum([
    'unknown',
    'connected',
    'degraded',
    'unreachable',
    'locked',
    'removed',
  ]),
  checkedAt: timeSchema.optional(),
  /** One sentence, never with a secret. */
  message: z.string().optional(),
  /** The same, for translation; absent where the steps tell it. */
  because: reasonSchema.optional(),
  /** What the last check found, step by step. */
  steps: z.array(checkStepSchema).optional(),
});
/** {@inheritDoc registryStatusSchema} */
export type RegistryStatus = z.infer<typeof registryStatusSchema>;

/** What is left of what a registry allows, as its last answers said. */
export const registryBudgetSchema = z.object({
  /** Requests or pulls in one window. */
  limit: z.number().optional(),
  remaining: z.number().optional(),
  resetsAt: timeSchema.optional(),
  /** The registry asked to wait until then. */
  retryAt: timeSchema.optional(),
});
/** {@inheritDoc registryBudgetSchema} */
export type RegistryBudgetView = z.infer<typeof registryBudgetSchema>;

/** A registry integration as everybody who may see it sees it. */
export const registrySchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  /** Normalised: scheme, host, optional port and path. */
  address: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.boolean()])),
  tls: tlsSchema,
  /** Host (and path) that clusters pull from, when not the address. */
  pullAddress: z.string().optional(),
  /** Limits browsing and completes manual entry. */
  namespace: z.string().optional(),
  grants: z.array(grantSchema),
  isDefault: z.boolean(),
  source: z.enum(['database', 'config']),
  hasCredentials: z.boolean(),
  /** A login of its own exists for clusters to pull with. */
  hasPullCredentials: z.boolean().optional(),
  /** Clusters may be given the credentials that the portal itself uses. */
  pullWithManage: z.boolean().optional(),
  /** Proxy for this registry alone: `http://host:port`. */
  proxy: z.string().optional(),
  budget: registryBudgetSchema.optional(),
  /** The name that is signed in with, when it isn't a secret. */
  username: z.string().optional(),
  status: registryStatusSchema,
  /** Sent back on PATCH; a stale one is refused with 409. */
  version: z.number().int(),
  createdAt: timeSchema.optional(),
  updatedAt: timeSchema.optional(),
  /** Number of policies, targets and endpoints that use it. */
  usedBy: z.number().int().optional(),
  /** What the caller may do. */
  may: z
    .object({
      update: z.boolean(),
      delete: z.boolean(),
      manageWebhooks: z.boolean(),
    })
    .optional(),
});
/** {@inheritDoc registrySchema} */
export type Registry = z.infer<typeof registrySchema>;

const optionsSchema = z.record(
  z.string().max(64),
  z.union([z.string().max(65536), z.boolean()]),
);
const credentialsSchema = z.record(z.string().max(64), z.string().max(65536));

const registryFields = {
  name: z.string().trim().min(1).max(100),
  provider: z.string().min(1).max(64),
  address: z.string().trim().min(1).max(1024),
  options: optionsSchema.optional(),
  tls: tlsSchema.optional(),
  pullAddress: z.string().trim().max(1024).optional(),
  namespace: z.string().trim().max(255).optional(),
  grants: z.array(grantSchema).max(100).optional(),
  isDefault: z.boolean().optional(),
  /** Write-only; absent in PATCH keeps what is stored, `{}` removes it. */
  credentials: credentialsSchema.optional(),
  /**
   * Login for clusters to pull with; write-only, absent in PATCH keeps what is
   * stored, `{}` removes it.
   */
  pullCredentials: z
    .union([
      z.strictObject({
        username: z.string().min(1).max(1024),
        password: z.string().min(1).max(65536),
      }),
      z.strictObject({}),
    ])
    .optional(),
  /** True: clusters may be given `credentials` when nothing narrower exists. */
  pullWithManage: z.boolean().optional(),
  /** Without credentials; for this registry instead of the configured one. */
  proxy: z.string().trim().max(1024).optional(),
  /** A password over plain http is refused without this yes. */
  allowInsecureCredentials: z.boolean().optional(),
};

/** Body of POST `/registries`. */
export const createRegistrySchema = z.strictObject(registryFields);
/** {@inheritDoc createRegistrySchema} */
export type CreateRegistry = z.infer<typeof createRegistrySchema>;

/** Body of PATCH `/registries/{id}`. */
export const updateRegistrySchema = z
  .strictObject(registryFields)
  .omit({ provider: true })
  .partial()
  .extend({
    version: z.number().int(),
    pullAddress: z.string().trim().max(1024).nullable().optional(),
    namespace: z.string().trim().max(255).nullable().optional(),
    proxy: z.string().trim().max(1024).nullable().optional(),
  });
/** {@inheritDoc updateRegistrySchema} */
export type UpdateRegistry = z.infer<typeof updateRegistrySchema>;

/** Body of POST `/registries/check`. */
export const checkRegistrySchema = z
  .strictObject(registryFields)
  .omit({ grants: true, isDefault: true })
  .partial({ name: true });
/** {@inheritDoc checkRegistrySchema} */
export type CheckRegistry = z.infer<typeof checkRegistrySchema>;

/**
 * Body of POST `/registries/{id}/check`: what PATCH would change of the
 * connection. Without any, the registry is checked as it is saved.
 */
export const checkChangedRegistrySchema = updateRegistrySchema.omit({
  version: true,
  grants: true,
  isDefault: true,
});
/** {@inheritDoc checkChangedRegistrySchema} */
export type CheckChangedRegistry = z.infer<typeof checkChangedRegistrySchema>;

/** Answer of a connection check. */
export const checkResultSchema = z.object({
  ok: z.boolean(),
  steps: z.array(checkStepSchema),
  /** The address as it would be stored. */
  address: z.string().optional(),
});
/** {@inheritDoc checkResultSchema} */
export type CheckResult = z.infer<typeof checkResultSchema>;

/** One thing that uses a registry. */
export const registryUsageSchema = z.object({
  kind: z.enum(['policy', 'target', 'source', 'endpoint', 'pull-secret']),
  /** Id of the policy, target key, … */
  id: z.string(),
  entityRef: z.string().optional(),
  title: z.string(),
});
/** {@inheritDoc registryUsageSchema} */
export type RegistryUsage = z.infer<typeof registryUsageSchema>;

/** Answer of GET `/registries/{id}/usages`. */
export const registryUsagesSchema = z.object({
  items: z.array(registryUsageSchema),
  /** Uses of components that the caller may not see. */
  hidden: z.number().int(),
});
/** {@inheritDoc registryUsagesSchema} */
export type RegistryUsages = z.infer<typeof registryUsagesSchema>;

/** Query of GET `/registries`. */
export const registriesQuerySchema = pageQuerySchema.extend({
  /** Only registries of which this component may use something. */
  entityRef: entityRefSchema.optional(),
});

/** Answer of GET `/registries`. */
export const registriesSchema = pageSchema(registrySchema);
