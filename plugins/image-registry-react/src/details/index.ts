export { ImageDetailsContent } from './ImageDetailsContent';
export { ImageDetailsDrawer } from './ImageDetailsDrawer';
export type { ImageDetailsDrawerProps } from './ImageDetailsDrawer';
