export { imageRegistryPageTranslationRef } from './imageRegistryPageTranslationRef';
