import {
  buildImage,
  buildLayer,
  ImagePlatform,
} from '../../registry/images/buildImage';
import { buildIndex } from '../../registry/images/buildIndex';
import { ImageBundle } from '../../registry/images/ImageBundle';

/** A small image for a vendor's registry. */
export interface VendorImage {
  repository: string;
  /** All of one digest; none for an untagged one. */
  tags: string[];
  /** linux/amd64 by default; several make an index. */
  platforms?: ImagePlatform[];
  /** What the config says; the time of the push by default. */
  created?: Date;
  /** When the tags were put; now by default. */
  pushedAt?: Date;
  labels?: Record<string, string>;
  /** Media types; OCI by default. */
  format?: 'oci' | 'docker';
  /** Anything that makes this image differ from another of the same tags. */
  variation?: string;
}

/** Builds an image with one layer; the same input gives the same bytes. */
export function buildVendorImage(source: VendorImage): ImageBundle {
  const {
    format,
    labels,
    platforms = [{ os: 'linux', architecture: 'amd64' }],
    pushedAt,
    repository,
    tags,
    variation,
  } = source;
  const created = source.created ?? pushedAt ?? new Date();
  const images = platforms.map(platform => ({
    platform,
    image: buildImage({
      platform,
      created,
      format,
      labels,
      command: ['/srv/run'],
      layers: [
        buildLayer({
          createdBy: 'COPY run /srv/run',
          created,
          files: [
            {
              path: 'srv/run',
              content: [repository, ...tags, variation ?? ''].join('\n'),
              mode: 0o755,
            },
          ],
        }),
      ],
    }),
  }));
  return images.length > 1 ? buildIndex(images, { format }) : images[0].image;
}
