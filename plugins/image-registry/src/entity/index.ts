export { EntityImageCard } from './EntityImageCard';
export { EntityImagesContent } from './EntityImagesContent';
export { isImageRegistryAvailable } from './isImageRegistryAvailable';
