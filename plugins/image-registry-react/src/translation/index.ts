export { imageRegistryTranslationRef } from './imageRegistryTranslationRef';
export { reasonMessages } from './reasonMessages';
