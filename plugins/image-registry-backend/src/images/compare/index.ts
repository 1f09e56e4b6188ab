export { ImageComparer } from './ImageComparer';
