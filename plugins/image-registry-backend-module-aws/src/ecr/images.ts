import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime, Shaped } from '@slipway/backstage-plugin-image-registry-node';
import { findingsSummary, readScanSummary } from './scan';

/** What of a repository's entry is used; times are of the SDK. */
export const ecrRepository = {
  repositoryName: 'text',
  createdAt: 'unknown',
  imageTagMutability: 'text',
  imageTagMutabilityExclusionFilters: [{ filter: 'text' }],
} as const;

/** What of an image's entry is used. */
export const ecrImage = {
  imageDigest: 'text',
  imageSizeInBytes: 'number',
  imageStatus: 'text',
  imageTags: ['text'],
  imagePushedAt: 'unknown',
  subjectManifestDigest: 'text',
  imageScanStatus: { status: 'text' },
  imageScanFindingsSummary: findingsSummary,
} as const;

/** {@inheritDoc ecrRepository} */
export type EcrRepository = Shaped<typeof ecrRepository>;
/** {@inheritDoc ecrImage} */
export type EcrImage = Shaped<typeof ecrImage>;

/** Whether a tag may name another digest later; undefined when not known. */
export type TagMutability = (tag: string) => boolean | undefined;

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem({
  createdAt,
  repositoryName,
}: EcrRepository): RepositoryItem[] {
  const updatedAt = isoTime(createdAt);
  return repositoryName && isRepository(repositoryName)
    ? [{ repository: repositoryName, ...(updatedAt && { updatedAt }) }]
    : [];
}

/**
 * The tags of an image. Left out are what refers to other images, and what is
 * archived: nobody can pull it. An index has no size here, as ECR counts only
 * its children.
 */
export function toTagItems(
  image: EcrImage,
  isImmutable: TagMutability,
): TagItem[] {
  const { imageDigest, imageSizeInBytes, imageStatus, imageTags } = image;
  if (
    image.subjectManifestDigest ||
    (imageStatus !== undefined && imageStatus !== 'ACTIVE')
  ) {
    return [];
  }
  const pushedAt = isoTime(image.imagePushedAt);
  const scan =
    image.imageScanStatus &&
    readScanSummary(image.imageScanStatus, image.imageScanFindingsSummary);
  return (imageTags ?? [])
    .filter(tag => isTag(tag) && !isArtifactTag(tag))
    .map(tag => {
      const immutable = isImmutable(tag);
      return {
        tag,
        ...(imageDigest && isDigest(imageDigest) && { digest: imageDigest }),
        ...(pushedAt && { pushedAt }),
        ...(imageSizeInBytes && { size: imageSizeInBytes }),
        ...(scan && { scan }),
        ...(immutable !== undefined && { immutable }),
      };
    });
}

/**
 * How a repository treats its tags, with the exceptions from it: patterns in
 * which `*` stands for any characters.
 */
export function readMutability(
  repository: Pick<
    EcrRepository,
    'imageTagMutability' | 'imageTagMutabilityExclusionFilters'
  >,
): TagMutability {
  const patterns = (repository.imageTagMutabilityExclusionFilters ?? []).map(
    ({ filter }) => wildcard(filter ?? ''),
  );
  const isException = (tag: string) =>
    patterns.some(pattern => pattern.test(tag));
  switch (repository.imageTagMutability) {
    case 'IMMUTABLE':
      return () => true;
    case 'MUTABLE':
      return () => false;
    case 'IMMUTABLE_WITH_EXCLUSION':
      return tag => !isException(tag);
    case 'MUTABLE_WITH_EXCLUSION':
      return isException;
    default:
      return () => undefined;
  }
}

function wildcard(filter: string): RegExp {
  const source = filter
    .split(/\*+/)
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`);
}
