/**
 * The backend of the image registry suite.
 *
 * @packageDocumentation
 */
export { imageRegistryPlugin as default } from './plugin';
export {
  createImageRegistryConditionalDecision,
  imageRegistryConditions,
} from './registries';
