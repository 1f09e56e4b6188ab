import { createTranslationMessages } from '@backstage/core-plugin-api/alpha';
import { imageRegistryTranslationRef } from './imageRegistryTranslationRef';
import { pickerMessages } from './zh/pickerMessages';
import { reasonMessages } from './zh/reasonMessages';
import { sharedMessages } from './zh/sharedMessages';

/** Chinese; a missing key fails the type check. */
export default createTranslationMessages({
  ref: imageRegistryTranslationRef,
  full: true,
  messages: { ...sharedMessages, ...pickerMessages, ...reasonMessages },
});
