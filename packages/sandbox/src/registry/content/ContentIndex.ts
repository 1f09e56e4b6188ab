import { z } from 'zod';
import { isValidDigest } from '../protocol/digests';

const digest = z.string().refine(isValidDigest, 'no digest');

const storedRepositorySchema = z.strictObject({
  name: z.string().min(1),
  /** A repository stays in the catalog after its last manifest is gone. */
  hadManifest: z.boolean(),
  blobs: z.array(digest),
  manifests: z.array(z.strictObject({ digest, mediaType: z.string() })),
  /**
   * Tag, digest and when it was put; not an object, as a tag may be named like
   * a property. States from before have no time.
   */
  tags: z.array(
    z.union([
      z.tuple([z.string(), digest, z.iso.datetime()]),
      z.tuple([z.string(), digest]),
    ]),
  ),
});

/** What belongs to which repository, by digest and without any bytes. */
export const contentIndexSchema = z.array(storedRepositorySchema);

/** One repository of a content index. */
export type StoredRepository = z.infer<typeof storedRepositorySchema>;

/** The content of a registry without its bytes. */
export type ContentIndex = z.infer<typeof contentIndexSchema>;
