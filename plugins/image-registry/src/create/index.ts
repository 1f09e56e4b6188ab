export { CreateFromImagePage } from './CreateFromImagePage';
export { EntityCreateFromImageCard } from './EntityCreateFromImageCard';
