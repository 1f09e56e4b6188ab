/**
 * Registries, environments and the webhook log as a page, the images of a
 * component as a tab and a card. This entry is for the legacy frontend system;
 * `./alpha` is for the new one.
 *
 * @packageDocumentation
 */
export { isImageRegistryAvailable } from './entity/isImageRegistryAvailable';
export {
  CreateFromImagePage,
  EntityCreateFromImageCard,
  EntityImageCard,
  EntityImagesContent,
  ImageRegistryPage,
  imageRegistryPlugin,
} from './plugin';
export { imageRegistryPageTranslationRef } from './translation';
