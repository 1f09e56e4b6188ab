import { ContentStore } from '../../registry/content/ContentStore';
import {
  listStoredImages,
  listStoredRepositories,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { sizeOf } from './artifactRegistryApi';

/**
 * Google's extension of the protocol's tag list, as its own clients read it:
 * all digests with their details, and the images below. Not in pages.
 */
export function extendedTagList(
  content: ContentStore,
  name: string,
): VendorAnswer {
  const images = listStoredImages(content, name);
  const below = `${name}/`;
  return jsonAnswer({
    child: [
      ...new Set(
        listStoredRepositories(content)
          .filter(each => each.startsWith(below))
          .map(each => each.slice(below.length).split('/')[0]),
      ),
    ],
    manifest: Object.fromEntries(
      images.map(image => [
        image.digest,
        {
          imageSizeBytes: String(sizeOf(image)),
          layerId: '',
          mediaType: image.mediaType,
          tag: image.tags.map(tag => tag.name),
          timeCreatedMs: String(image.created?.getTime() ?? 0),
          timeUploadedMs: String(image.pushedAt?.getTime() ?? 0),
        },
      ]),
    ),
    name,
    tags: images.flatMap(image => image.tags.map(tag => tag.name)),
  });
}
