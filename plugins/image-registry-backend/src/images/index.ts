export { createImages } from './createImages';
export type { ImagesOptions, ImagesRoom } from './createImages';
export { ImageAccess } from './ImageAccess';
export type { VisibleRegistry } from './ImageAccess';
export { ImageService } from './ImageService';
export type { IsVisible } from './ImageService';
export { createImagesRouter } from './router';
export type { ImagesRouterOptions } from './router';
export * from './sources';
