import { ContentStore } from '../../registry/content/ContentStore';
import { listStoredImages, StoredImage, StoredTag } from './storedImages';

/** A tag with its image. */
export interface TaggedImage {
  image: StoredImage;
  tag: StoredTag;
}

/** The tags of a repository, the one that was pushed last first. */
export function taggedImages(
  content: ContentStore,
  repository: string,
): TaggedImage[] {
  return listStoredImages(content, repository)
    .flatMap(image => image.tags.map(tag => ({ image, tag })))
    .sort((a, b) => b.tag.pushedAt.getTime() - a.tag.pushedAt.getTime());
}
