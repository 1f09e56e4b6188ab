import { z } from 'zod';
import { reasonSchema } from '../reason';
import {
  digestSchema,
  entityRefSchema,
  listingSchema,
  pageQuerySchema,
  repositorySchema,
  timeSchema,
} from './shared';

/** A repository of a registry. */
export const repositoryItemSchema = z.object({
  repository: z.string(),
  description: z.string().optional(),
  updatedAt: timeSchema.optional(),
  tagCount: z.number().int().optional(),
  pullCount: z.number().int().optional(),
  isPublic: z.boolean().optional(),
});
/** {@inheritDoc repositoryItemSchema} */
export type RepositoryItem = z.infer<typeof repositoryItemSchema>;

/** Platform of an image: `linux/amd64`, `linux/arm64/v8`. */
export const platformSchema = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
});
/** {@inheritDoc platformSchema} */
export type Platform = z.infer<typeof platformSchema>;

/** Severities of vulnerabilities, worst first. */
export const severities = [
  'critical',
  'high',
  'medium',
  'low',
  'negligible',
  'unknown',
] as const;

/** What a registry's own scanner says of an image, as a summary. */
export const scanSummarySchema = z.object({
  /** `pending`: queued or running; `unsupported`: this kind is never scanned. */
  status: z.enum([
    'finished',
    'pending',
    'failed',
    'not-scanned',
    'unsupported',
  ]),
  /** The worst one found; absent when none, or not finished. */
  severity: z.enum(severities).optional(),
  /** Findings by severity. */
  counts: z.partialRecord(z.enum(severities), z.number().int()).optional(),
  fixable: z.number().int().optional(),
  finishedAt: timeSchema.optional(),
  scanner: z.string().optional(),
});
/** {@inheritDoc scanSummarySchema} */
export type ScanSummary = z.infer<typeof scanSummarySchema>;

/** A tag of a repository, with what its registry tells without further calls. */
export const tagItemSchema = z.object({
  tag: z.string(),
  digest: z.string().optional(),
  /** When it was pushed to this registry. */
  pushedAt: timeSchema.optional(),
  /** Compressed size in bytes. */
  size: z.number().optional(),
  platforms: z.array(platformSchema).optional(),
  pushedBy: z.string().optional(),
  /** When the image was built, as its config says. */
  createdAt: timeSchema.optional(),
  scan: scanSummarySchema.optional(),
  /** Kinds of signatures that the registry knows of: `cosign`, `notation`; empty: looked for, none. */
  signatures: z.array(z.string()).optional(),
  /** True: the registry refuses to let this tag name another digest. */
  immutable: z.boolean().optional(),
});
/** {@inheritDoc tagItemSchema} */
export type TagItem = z.infer<typeof tagItemSchema>;

/** Orders a tag listing can have. */
export const tagSortSchema = z.enum([
  'natural-desc',
  'natural-asc',
  'pushed-desc',
  'pushed-asc',
]);
/** {@inheritDoc tagSortSchema} */
export type TagSort = z.infer<typeof tagSortSchema>;

/** Query of GET `/registries/{id}/namespaces`. */
export const namespacesQuerySchema = pageQuerySchema.extend({
  entityRef: entityRefSchema.optional(),
});
/** Query of GET `/registries/{id}/repositories`. */
export const repositoriesQuerySchema = pageQuerySchema.extend({
  search: z.string().max(255).optional(),
  namespace: z.string().max(255).optional(),
  entityRef: entityRefSchema.optional(),
});
/** {@inheritDoc repositoriesQuerySchema} */
export type RepositoriesQuery = z.infer<typeof repositoriesQuerySchema>;
/** Query of GET `/registries/{id}/tags`. */
export const tagsQuerySchema = pageQuerySchema.extend({
  /** More than of other listings: a page previews rules over all tags. */
  limit: z.coerce.number().int().min(1).max(5_000).optional(),
  repository: repositorySchema,
  search: z.string().max(255).optional(),
  sort: tagSortSchema.optional(),
  entityRef: entityRefSchema.optional(),
  /** `true` reads the registry again instead of the short-lived cache. */
  refresh: z.enum(['true', 'false']).optional(),
});
/** {@inheritDoc tagsQuerySchema} */
export type TagsQuery = z.infer<typeof tagsQuerySchema>;
/** Query of GET `/registries/{id}/image`. */
export const imageQuerySchema = z.strictObject({
  repository: repositorySchema,
  reference: z.string().min(1).max(255),
  entityRef: entityRefSchema.optional(),
});
/** {@inheritDoc imageQuerySchema} */
export type ImageQuery = z.infer<typeof imageQuerySchema>;

/** Answer of GET `/registries/{id}/tags`. */
export const tagListingSchema = listingSchema(tagItemSchema);
/** Answer of GET `/registries/{id}/repositories`. */
export const repositoryListingSchema = listingSchema(repositoryItemSchema);
/** Answer of GET `/registries/{id}/namespaces`. */
export const namespaceListingSchema = listingSchema(
  z.object({ namespace: z.string() }),
);

/** One layer: compressed size in bytes and what made it, when known. */
export const layerSchema = z.object({
  digest: z.string(),
  mediaType: z.string(),
  size: z.number(),
  instruction: z.string().optional(),
  createdAt: timeSchema.optional(),
});
/** {@inheritDoc layerSchema} */
export type Layer = z.infer<typeof layerSchema>;

/** One platform of an image. */
export const platformImageSchema = z.object({
  platform: platformSchema.optional(),
  /** Digest of the platform's manifest. */
  digest: z.string(),
  mediaType: z.string(),
  /** Digest of the config: what `docker images` shows as the image id. */
  imageId: z.string().optional(),
  size: z.number().optional(),
  createdAt: timeSchema.optional(),
  layers: z.array(layerSchema),
  labels: z.record(z.string(), z.string()),
  environment: z.array(z.string()),
  exposedPorts: z.array(z.string()),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  user: z.string().optional(),
  workingDirectory: z.string().optional(),
});
/** {@inheritDoc platformImageSchema} */
export type PlatformImage = z.infer<typeof platformImageSchema>;

/** Everything the picker's drawer shows of one image. */
export const imageDetailsSchema = z.object({
  registryId: z.string(),
  repository: z.string(),
  tag: z.string().optional(),
  /** Digest of the index or of the only manifest. */
  digest: z.string(),
  mediaType: z.string(),
  /** `image` can run; the others cannot be deployed. */
  kind: z.enum(['image', 'helm-chart', 'signature', 'attestation', 'artifact']),
  artifactType: z.string().optional(),
  /** Sum over the layers of the first platform, in bytes. */
  size: z.number().optional(),
  createdAt: timeSchema.optional(),
  pushedAt: timeSchema.optional(),
  annotations: z.record(z.string(), z.string()),
  platforms: z.array(platformImageSchema),
  /** Reference a cluster or a laptop pulls: host/repository:tag@digest. */
  pullReference: z.string(),
});
/** {@inheritDoc imageDetailsSchema} */
export type ImageDetails = z.infer<typeof imageDetailsSchema>;

/** Query of GET `/registries/{id}/image/findings`. */
export const imageFindingsQuerySchema = z.strictObject({
  repository: repositorySchema,
  digest: digestSchema,
  entityRef: entityRefSchema.optional(),
});
/** {@inheritDoc imageFindingsQuerySchema} */
export type ImageFindingsQuery = z.infer<typeof imageFindingsQuerySchema>;

/**
 * What a registry knows of an image beside the image itself. A field is absent
 * where this kind of registry does not tell it.
 */
export const imageFindingsSchema = z.object({
  scan: scanSummarySchema.optional(),
  /** Kinds of signatures: `cosign`, `notation`; empty: looked for, none. */
  signatures: z.array(z.string()).optional(),
  /** The room in the place of the image, in bytes. */
  quota: z
    .object({
      /** Project, instance or account, in the vendor's word. */
      place: z.string(),
      used: z.number(),
      /** Absent: no limit. */
      limit: z.number().optional(),
    })
    .optional(),
  /** What could not be read, each with why, in a sentence. */
  problems: z.array(z.string()),
  /** The same in the same order, for translation. */
  reasons: z.array(reasonSchema).optional(),
});
/** {@inheritDoc imageFindingsSchema} */
export type ImageFindings = z.infer<typeof imageFindingsSchema>;

/** An image as a policy, source or rollout names its place. */
export const imageRepositorySchema = z.strictObject({
  registryId: z.string().min(1).max(64),
  repository: repositorySchema,
});
/** {@inheritDoc imageRepositorySchema} */
export type ImageRepository = z.infer<typeof imageRepositorySchema>;

/** Where a component's images come from. */
export const componentSourceSchema = z.object({
  container: z.string().optional(),
  environment: z.string().optional(),
  image: z.object({
    /** Absent: on a host that no registry integration serves. */
    registryId: z.string().optional(),
    /** Host as written, when no integration serves it. */
    host: z.string().optional(),
    repository: z.string(),
  }),
  origin: z.enum(['catalog', 'chosen', 'inferred']),
});
/** {@inheritDoc componentSourceSchema} */
export type ComponentSource = z.infer<typeof componentSourceSchema>;

/** Body of PUT `/components/sources`. */
export const putComponentSourcesSchema = z.strictObject({
  entityRef: entityRefSchema,
  sources: z
    .array(
      z.strictObject({
        container: z.string().max(63).optional(),
        environment: z.string().max(63).optional(),
        image: imageRepositorySchema,
      }),
    )
    .min(1)
    .max(50),
});
/** {@inheritDoc putComponentSourcesSchema} */
export type PutComponentSources = z.infer<typeof putComponentSourcesSchema>;

/** Answer of GET `/components/sources`. */
export const componentSourcesSchema = z.object({
  items: z.array(componentSourceSchema),
  /** Repositories whose last part equals the component's name. */
  suggestions: z.array(
    z.object({ registryId: z.string(), repository: z.string() }),
  ),
});
/** {@inheritDoc componentSourcesSchema} */
export type ComponentSources = z.infer<typeof componentSourcesSchema>;
