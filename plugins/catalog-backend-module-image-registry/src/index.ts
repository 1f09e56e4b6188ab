/**
 * Puts components that were made from images into the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleImageRegistry as default } from './module';
