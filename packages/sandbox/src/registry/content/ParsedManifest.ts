import { z } from 'zod';
import {
  bareMediaType,
  isIndexType,
  MEDIA_TYPES,
} from '../protocol/mediaTypes';
import { RegistryError } from '../protocol/RegistryError';

const descriptorSchema = z.looseObject({
  mediaType: z.string().min(1),
  digest: z.string().min(1),
  size: z.number().int().nonnegative(),
  urls: z.array(z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** A content descriptor (OCI image specification, "Content Descriptors"). */
export type Descriptor = z.infer<typeof descriptorSchema>;

const commonShape = {
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  subject: descriptorSchema.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
};

const imageSchema = z.looseObject({
  ...commonShape,
  config: descriptorSchema,
  layers: z.array(descriptorSchema),
});

const indexSchema = z.looseObject({
  ...commonShape,
  manifests: z.array(
    descriptorSchema.extend({
      platform: z
        .looseObject({ os: z.string(), architecture: z.string() })
        .optional(),
    }),
  ),
});

/** What the registry needs to know of a manifest's content. */
export interface ParsedManifest {
  mediaType: string;
  /** Config and layers of an image; empty for an index. */
  blobs: Descriptor[];
  /** Children of an index; empty for an image. */
  manifests: Descriptor[];
  subject?: Descriptor;
  /** As the referrers API reports it: `artifactType` or the config's type. */
  artifactType?: string;
  annotations?: Record<string, string>;
}

/**
 * Reads a manifest of a supported media type.
 *
 * @throws RegistryError MANIFEST_INVALID that says what is wrong.
 */
export function parseManifest(
  bytes: Buffer,
  contentType: string | undefined,
): ParsedManifest {
  const mediaType = bareMediaType(contentType ?? '');
  const json = readJson(bytes);
  const supported: string[] = [
    MEDIA_TYPES.ociManifest,
    MEDIA_TYPES.dockerManifest,
    MEDIA_TYPES.ociIndex,
    MEDIA_TYPES.dockerList,
  ];
  if (!supported.includes(mediaType)) {
    throw new RegistryError(
      'MANIFEST_INVALID',
      `unsupported manifest media type '${mediaType}'`,
    );
  }
  return isIndexType(mediaType)
    ? readIndex(json, mediaType)
    : readImage(json, mediaType);
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new RegistryError('MANIFEST_INVALID', String(error));
  }
}

function readImage(json: unknown, mediaType: string): ParsedManifest {
  const image = check(imageSchema, json, mediaType);
  return {
    mediaType,
    blobs: [image.config, ...image.layers],
    manifests: [],
    subject: image.subject,
    artifactType: image.artifactType ?? image.config.mediaType,
    annotations: image.annotations,
  };
}

function readIndex(json: unknown, mediaType: string): ParsedManifest {
  const index = check(indexSchema, json, mediaType);
  return {
    mediaType,
    blobs: [],
    manifests: index.manifests,
    subject: index.subject,
    artifactType: index.artifactType,
    annotations: index.annotations,
  };
}

function check<T extends { mediaType?: string }>(
  schema: z.ZodType<T>,
  json: unknown,
  mediaType: string,
): T {
  const result = schema.safeParse(json);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new RegistryError(
      'MANIFEST_INVALID',
      `${issue.path.join('.') || 'manifest'}: ${issue.message}`,
    );
  }
  const declared = result.data.mediaType;
  // Only OCI may leave its own media type out (image specification).
  const mayBeAbsent = mediaType.startsWith('application/vnd.oci.');
  if (declared !== mediaType && !(declared === undefined && mayBeAbsent)) {
    throw new RegistryError(
      'MANIFEST_INVALID',
      `mediaType in manifest should be '${mediaType}' not '${declared ?? ''}'`,
    );
  }
  return result.data;
}
