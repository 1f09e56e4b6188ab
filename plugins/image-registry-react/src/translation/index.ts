export { imageRegistryTranslationRef } from './imageRegistryTranslationRef';
export { reasonMessages } from './reasonMessages';
export { useTranslate, type Translate } from './useTranslate';
