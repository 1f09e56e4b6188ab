import { z } from 'zod';
import { reasonSchema } from '../reason';
import {
  decisionOutcomeSchema,
  entityRefSchema,
  pageQuerySchema,
  pageSchema,
  timeSchema,
} from './shared';

/** An endpoint that a registry calls, without its secrets. */
export const webhookEndpointSchema = z.object({
  id: z.string(),
  registryId: z.string(),
  name: z.string(),
  /** Globs of repositories it may speak for; absent means all. */
  repositories: z.array(z.string()).optional(),
  /** The component for which its owner made it. */
  entityRef: z.string().optional(),
  url: z.string(),
  /** What is wrong with the URL for a registry: localhost, private host, … */
  urlWarning: reasonSchema.optional(),
  authentication: z.enum(['header', 'basic', 'url', 'hmac', 'oidc', 'sns']),
  /** What the vendor's signature is verified against; not secret. */
  settings: z.record(z.string(), z.string()).optional(),
  source: z.enum(['database', 'config']),
  /** The active secrets by age; at most two. */
  secrets: z.array(
    z.object({
      id: z.string(),
      createdAt: timeSchema,
      lastUsedAt: timeSchema.optional(),
    }),
  ),
  createdAt: timeSchema,
  createdBy: z.string().optional(),
  lastReceivedAt: timeSchema.optional(),
  refusals: z.object({
    count: z.number().int(),
    lastAt: timeSchema.optional(),
    lastReason: reasonSchema.optional(),
  }),
});
/** {@inheritDoc webhookEndpointSchema} */
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

/** Body of POST `/registries/{id}/webhook-endpoints`. */
export const createWebhookEndpointSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  repositories: z.array(z.string().min(1).max(255)).min(1).max(200).optional(),
  /** Makes it an endpoint of that component; repositories are then required. */
  entityRef: entityRefSchema.optional(),
  /** By the names of the recipe's `settings`. */
  settings: z
    .record(z.string().max(64), z.string().trim().max(2048))
    .optional(),
});
/** {@inheritDoc createWebhookEndpointSchema} */
export type CreateWebhookEndpoint = z.infer<typeof createWebhookEndpointSchema>;

/** Answer to creating or rotating: the secret is shown this once. */
export const webhookEndpointSecretSchema = z.object({
  endpoint: webhookEndpointSchema,
  secret: z.string(),
  /** The URL with the secret in it, for vendors that can send no header. */
  urlWithToken: z.string(),
});
/** {@inheritDoc webhookEndpointSecretSchema} */
export type WebhookEndpointSecret = z.infer<typeof webhookEndpointSecretSchema>;

/** Body of POST `/webhook-endpoints/{id}/rotate`. */
export const rotateWebhookEndpointSchema = z.strictObject({
  /** True ends the older secret at once instead of keeping two. */
  revokeOld: z.boolean().optional(),
});

/**
 * Body of POST `/registries/{id}/webhook-endpoints/{endpointId}/install`: has
 * the vendor's API make the webhook, with a new secret of the endpoint.
 */
export const installWebhookSchema = z.strictObject({
  /** Where the vendor keeps webhooks: a project, an organisation, a repository. */
  place: z.string().trim().min(1).max(255).optional(),
});
/** {@inheritDoc installWebhookSchema} */
export type InstallWebhook = z.infer<typeof installWebhookSchema>;

/** Answer to it. */
export const installedWebhookSchema = z.object({
  /** Where a person finds it at the vendor, as a link or in words. */
  location: z.string(),
  /** The same in words, for translation; absent when it is a link alone. */
  where: reasonSchema.optional(),
});
/** {@inheritDoc installedWebhookSchema} */
export type InstalledWebhook = z.infer<typeof installedWebhookSchema>;

/** Answer of the open route. */
export const webhookAcceptedSchema = z.object({
  deliveryId: z.string(),
  events: z.number().int(),
});

/** What a delivery, or one event of it, came to. */
export const deliveryOutcomeSchema = z.enum([
  /** Stored, not decided yet. */
  'pending',
  /** Waits for a registry that cannot be asked. */
  'waiting',
  /** Changed a tag, and at least one policy made a rollout. */
  'deployed',
  /** Changed a tag, no policy took it. */
  'ignored',
  /** Already known: the tag had this digest. */
  'unchanged',
  /** Not this endpoint's repository. */
  'refused',
  /** Confirming failed for good. */
  'failed',
]);
/** {@inheritDoc deliveryOutcomeSchema} */
export type DeliveryOutcome = z.infer<typeof deliveryOutcomeSchema>;

/** One event understood in a delivery. */
export const imageEventSchema = z.object({
  id: z.string(),
  deliveryId: z.string().optional(),
  registryId: z.string(),
  /** `push` is the only one that can deploy. */
  kind: z.enum([
    'push',
    'delete',
    'pull',
    'scan',
    'chart',
    'signature',
    'attestation',
    'sbom',
    'blob',
    'test',
    'other',
  ]),
  repository: z.string().optional(),
  tag: z.string().optional(),
  /** As the payload claims it; the registry is asked for the truth. */
  digest: z.string().optional(),
  pushedBy: z.string().optional(),
  occurredAt: timeSchema.optional(),
  receivedAt: timeSchema,
  outcome: deliveryOutcomeSchema,
  reason: reasonSchema.optional(),
  attempts: z.number().int(),
  nextAttemptAt: timeSchema.optional(),
});
/** {@inheritDoc imageEventSchema} */
export type ImageEventRecord = z.infer<typeof imageEventSchema>;

/** One line of the webhook log. */
export const deliverySchema = z.object({
  id: z.string(),
  registryId: z.string(),
  endpointId: z.string().optional(),
  receivedAt: timeSchema,
  format: z.string().optional(),
  outcome: deliveryOutcomeSchema,
  reason: reasonSchema.optional(),
  events: z.array(imageEventSchema),
  bytes: z.number().int(),
  replayOf: z.string().optional(),
});
/** {@inheritDoc deliverySchema} */
export type Delivery = z.infer<typeof deliverySchema>;

/** Why one policy did or did not deploy one change of a tag. */
export const decisionSchema = z.object({
  id: z.string(),
  policyId: z.string(),
  policyVersion: z.number().int(),
  entityRef: z.string(),
  eventId: z.string().optional(),
  repository: z.string(),
  tag: z.string(),
  digest: z.string().optional(),
  outcome: decisionOutcomeSchema,
  reason: reasonSchema,
  rolloutId: z.string().optional(),
  decidedAt: timeSchema,
});
/** {@inheritDoc decisionSchema} */
export type Decision = z.infer<typeof decisionSchema>;

/** A delivery with what was received and each policy's decision. */
export const deliveryDetailsSchema = deliverySchema.extend({
  headers: z.record(z.string(), z.string()),
  /** Redacted; absent once cleaned away. */
  body: z.string().optional(),
  /** What the vendor's handshake asked to be called, and what came of it. */
  followUp: z
    .object({
      state: z.enum(['pending', 'done', 'failed']),
      message: z.string().optional(),
    })
    .optional(),
  decisions: z.array(decisionSchema),
});
/** {@inheritDoc deliveryDetailsSchema} */
export type DeliveryDetails = z.infer<typeof deliveryDetailsSchema>;

/** Query of GET `/deliveries`. */
export const deliveriesQuerySchema = pageQuerySchema.extend({
  registryId: z.string().max(64).optional(),
  repository: z.string().max(255).optional(),
  outcome: deliveryOutcomeSchema.optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});
/** {@inheritDoc deliveriesQuerySchema} */
export type DeliveriesQuery = z.infer<typeof deliveriesQuerySchema>;

/** Answer of GET `/deliveries`. */
export const deliveriesSchema = pageSchema(deliverySchema);

/** Query of GET `/decisions`. */
export const decisionsQuerySchema = pageQuerySchema.extend({
  policyId: z.string().min(1).max(64),
});
/** Answer of GET `/decisions`. */
export const decisionsSchema = pageSchema(decisionSchema);
